import { words } from '../../words.ts';
import type { HeldData } from '../contract/data.ts';

export const data: Readonly<Record<string, HeldData>> = {
  'AWS::EFS::FileSystem': { what: () => words('its files', '파일 시스템의 파일') },
};
