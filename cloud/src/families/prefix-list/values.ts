import type { Values } from '../contract/values.ts';

export const values: Values = { 'AWS::EC2::PrefixList': { AddressFamily: 'IPv4 IPv6' } };
