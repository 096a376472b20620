import { flag, object, objects, text } from '../../property.ts';
import { type DescribedResource, type Descriptions, ownedBy, renamed, tagsOf } from '../contract/described.ts';

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-vpcs.html */
export const described: Descriptions = {
  Vpcs: (vpc) => {
    const id = text(vpc, 'VpcId');
    const range = text(vpc, 'CidrBlock');
    if (id === undefined || range === undefined) return [];
    const isIn = (block: Parameters<typeof text>[0], state: string) =>
      (text(object(block, state), 'State') ?? 'associated') === 'associated';
    const more = objects(vpc, 'CidrBlockAssociationSet').filter(
      (block) => text(block, 'CidrBlock') !== range && isIn(block, 'CidrBlockState'),
    );
    const six = objects(vpc, 'Ipv6CidrBlockAssociationSet').filter((block) => isIn(block, 'Ipv6CidrBlockState'));
    return [
      {
        id,
        ...ownedBy(text(vpc, 'OwnerId')),
        resources: [
          {
            type: 'AWS::EC2::VPC',
            id,
            properties: { CidrBlock: range },
            attributes: { VpcId: id, CidrBlock: range, IsDefault: flag(vpc, 'IsDefault') ?? false },
            tags: tagsOf(vpc),
          },
          ...[...more, ...six].map(
            (block, index): DescribedResource => ({
              type: 'AWS::EC2::VPCCidrBlock',
              id: text(block, 'AssociationId') ?? `${id}|${index}`,
              properties: {
                VpcId: id,
                ...renamed(block, { CidrBlock: 'CidrBlock', Ipv6CidrBlock: 'Ipv6CidrBlock' }),
              },
            }),
          ),
        ],
      },
    ];
  },
};
