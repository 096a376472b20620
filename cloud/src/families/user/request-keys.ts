import type { KeysOf } from '../contract/request-keys.ts';
import { ofPrincipal } from '../role/principal-keys.ts';

export const requestKeys: Readonly<Record<string, KeysOf>> = {
  'AWS::IAM::User': ofPrincipal,
  'AWS::IAM::Group': ofPrincipal,
};
