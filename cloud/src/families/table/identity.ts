import { generatedName } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::DynamoDB::Table': (draft) => {
    const name = textOf(draft, 'TableName') ?? generatedName(draft.subject, 255);
    return {
      physicalId: name,
      attributes: {
        Arn: arn(draft, 'dynamodb', `table/${name}`),
        ...(draft.properties.StreamSpecification
          ? { StreamArn: arn(draft, 'dynamodb', `table/${name}/stream/2026-01-01T00:00:00.000`) }
          : {}),
      },
    };
  },
};
