import { arn, type Identify, identified } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::PrefixList': identified('pl', 'PrefixListId', (draft, id) => ({
    Arn: arn(draft, 'ec2', `prefix-list/${id}`),
    OwnerId: draft.subject.account,
    Version: 1,
  })),
};
