import { object, text } from '../../property.ts';
import { type Descriptions, ownedBy, tagsOf } from '../contract/described.ts';

/**
 * A connection that is active: routes to another lead nowhere.
 *
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-vpc-peering-connections.html
 */
export const described: Descriptions = {
  VpcPeeringConnections: (peering) => {
    const id = text(peering, 'VpcPeeringConnectionId');
    const [requester, accepter] = [object(peering, 'RequesterVpcInfo'), object(peering, 'AccepterVpcInfo')];
    const [vpc, peer] = [text(requester, 'VpcId'), text(accepter, 'VpcId')];
    const isActive = text(object(peering, 'Status'), 'Code') === 'active';
    if (id === undefined || vpc === undefined || peer === undefined || !isActive) return [];
    return [
      {
        id,
        ...ownedBy(text(requester, 'OwnerId')),
        resources: [
          {
            type: 'AWS::EC2::VPCPeeringConnection',
            id,
            properties: { VpcId: vpc, PeerVpcId: peer },
            tags: tagsOf(peering),
          },
        ],
      },
    ];
  },
};
