import { free, type Reader } from '@terrace/cloud/families/contract/charge';
import { charges } from '@terrace/cloud/families/registry';

/** What turns a resource of this type into charges; `free` where AWS asks nothing for it; `undefined` for a type that is unpriced. */
export function chargesOf(type: string): Reader | typeof free | undefined {
  return charges[type] ?? (freeServices.test(type) ? free : undefined);
}

/** AWS asks nothing for any type of these: what one causes elsewhere (the instances of a group) is counted there. */
const freeServices = /^(AWS::(IAM|CDK|CloudFormation|AutoScaling|ApplicationAutoScaling)|Custom)::/;
