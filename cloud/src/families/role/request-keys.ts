import type { KeysOf } from '../contract/request-keys.ts';
import { ofPrincipal } from './principal-keys.ts';

export const requestKeys: Readonly<Record<string, KeysOf>> = { 'AWS::IAM::Role': ofPrincipal };
