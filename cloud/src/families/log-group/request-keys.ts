import type { KeysOf } from '../contract/request-keys.ts';

export const requestKeys: Readonly<Record<string, KeysOf>> = {
  'AWS::Logs::LogGroup': () => ({ 'logs:LogGeneratingResourceArns': undefined }),
};
