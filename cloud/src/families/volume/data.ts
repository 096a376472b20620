import { words } from '../../words.ts';
import type { HeldData } from '../contract/data.ts';

export const data: Readonly<Record<string, HeldData>> = {
  'AWS::EC2::Volume': { what: () => words('what is written on it', '볼륨에 쓴 내용') },
};
