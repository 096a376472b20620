import type { KeysOf } from '../contract/request-keys.ts';
import { inVpc } from '../vpc/in-vpc.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const requestKeys: Readonly<Record<string, KeysOf>> = { 'AWS::EC2::NetworkAcl': inVpc };
