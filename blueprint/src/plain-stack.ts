import { type CfnElement, Stack } from 'aws-cdk-lib';

/**
 * A stack whose logical ids are what a reader would have written: the names of the constructs on the way,
 * joined, without CDK's hash (`WebSubnetA`, not `NetworkWebSubnetA7F3B2C`). As in CDK, a construct named `Default` adds
 * nothing. Two elements of the same name are reported by CDK.
 */
export class PlainStack extends Stack {
  protected override allocateLogicalId(element: CfnElement): string {
    const path = element.node.path.slice(this.node.path.length + 1).split('/');
    return path
      .filter((part) => part !== 'Default')
      .join('')
      .replace(/[^A-Za-z0-9]/g, '');
  }
}
