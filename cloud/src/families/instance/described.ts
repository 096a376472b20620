import type { JsonObject } from '../../json.ts';
import { object, objects, text } from '../../property.ts';
import { type Described, type Descriptions, ownedBy, renamed, tagsOf } from '../contract/described.ts';

export const described: Descriptions = {
  /** https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-instances.html */
  Reservations: (reservation) =>
    objects(reservation, 'Instances').flatMap((instance) => instanceOf(instance, text(reservation, 'OwnerId'))),
  /** https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-key-pairs.html */
  KeyPairs: (pair) => {
    const id = text(pair, 'KeyName');
    if (id === undefined) return [];
    const attributes = renamed(pair, { KeyPairId: 'KeyPairId', KeyFingerprint: 'KeyFingerprint' });
    return [
      {
        id,
        resources: [{ type: 'AWS::EC2::KeyPair', id, properties: { KeyName: id }, attributes, tags: tagsOf(pair) }],
      },
    ];
  },
};

/** An instance that is not terminated: a stopped one keeps its addresses. */
function instanceOf(instance: JsonObject, account: string | undefined): Described[] {
  const id = text(instance, 'InstanceId');
  const state = text(object(instance, 'State'), 'Name');
  if (id === undefined || text(instance, 'SubnetId') === undefined || state === 'terminated') return [];
  const groups = objects(instance, 'SecurityGroups').flatMap((group) => text(group, 'GroupId') ?? []);
  return [
    {
      id,
      ...ownedBy(account),
      resources: [
        {
          type: 'AWS::EC2::Instance',
          id,
          properties: {
            ...renamed(instance, {
              SubnetId: 'SubnetId',
              VpcId: 'VpcId',
              InstanceType: 'InstanceType',
              ImageId: 'ImageId',
              PrivateIpAddress: 'PrivateIpAddress',
              SourceDestCheck: 'SourceDestCheck',
            }),
            SecurityGroupIds: groups,
          },
          attributes: renamed(instance, { PrivateIp: 'PrivateIpAddress', PublicIp: 'PublicIpAddress' }),
          tags: tagsOf(instance),
          isServer: true,
        },
      ],
    },
  ];
}
