import { flag, number, objects, text } from '../../property.ts';
import { type Draft, type Identify, identified, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::NetworkInterface': identified('eni', 'Id', (draft) => {
    const wanted = textOf(draft, 'PrivateIpAddress');
    const address = draft.privateAddress(textOf(draft, 'SubnetId'), draft.key, wanted) ?? wanted ?? '';
    const secondary = secondaryAddresses(draft);
    const subnet = draft.find(textOf(draft, 'SubnetId') ?? '');
    return {
      PrimaryPrivateIpAddress: address,
      PrivateIpAddress: address,
      ...(secondary === undefined ? {} : { SecondaryPrivateIpAddresses: secondary }),
      VpcId: subnet?.attributes.VpcId ?? '',
    };
  }),
  'AWS::EC2::NetworkInterfaceAttachment': identified('eni-attach', 'AttachmentId'),
};

/**
 * Those that are stated, and as many as AWS is asked to choose; `undefined` in a subnet whose addresses nobody knows here.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkinterface.html
 */
function secondaryAddresses(draft: Draft): string[] | undefined {
  const stated = objects(draft.properties, 'PrivateIpAddresses').filter((each) => flag(each, 'Primary') !== true);
  const count = number(draft.properties, 'SecondaryPrivateIpAddressCount') ?? 0;
  const chosen = Array.from({ length: count }, (_, index) =>
    draft.privateAddress(textOf(draft, 'SubnetId'), `${draft.key}+${index + 1}`),
  );
  const all = [...stated.map((each) => text(each, 'PrivateIpAddress')), ...chosen];
  return all.every((each) => each !== undefined) ? all : undefined;
}
