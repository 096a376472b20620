import { needsOf, type TypeNeeds, tagged } from '../contract/need.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::SQS::Queue', ['queue', '대기열'], 'sqs/queue', {
    create: ['sqs:CreateQueue GetQueueUrl GetQueueAttributes', tagged('sqs:TagQueue ListQueueTags')],
    read: ['sqs:GetQueueAttributes ListQueueTags'],
    update: ['sqs:SetQueueAttributes GetQueueAttributes TagQueue UntagQueue ListQueueTags'],
    delete: ['sqs:DeleteQueue GetQueueAttributes'],
  }),
];
