import { needsOf, type TypeNeeds, tagged } from '../contract/need.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::EC2::PrefixList', ['managed prefix list', '관리형 접두사 목록'], 'ec2/prefix-list', {
    create: ['ec2:CreateManagedPrefixList DescribeManagedPrefixLists', tagged('ec2:CreateTags')],
    read: ['ec2:GetManagedPrefixListEntries DescribeManagedPrefixLists'],
    update: [
      'ec2:ModifyManagedPrefixList DescribeManagedPrefixLists GetManagedPrefixListEntries CreateTags DeleteTags',
    ],
    delete: ['ec2:DeleteManagedPrefixList DescribeManagedPrefixLists'],
  }),
];
