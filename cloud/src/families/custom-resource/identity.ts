import { generatedName } from '../../allocate/identifier.ts';
import type { JsonObject } from '../../json.ts';
import { text, texts } from '../../property.ts';
import { arn, type Draft, type Identify } from '../contract/identity.ts';
import { customResourceCall } from './custom-resource-call.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'Custom::CDKBucketDeployment': (draft) => ({
    physicalId: generatedName(draft.subject),
    attributes: {
      DestinationBucketArn: arn(draft, 's3', text(draft.properties, 'DestinationBucketName') ?? '', {
        region: false,
        account: false,
      }),
      SourceObjectKeys: texts(draft.properties, 'SourceObjectKeys'),
    },
  }),
  'Custom::S3AutoDeleteObjects': (draft) => ({ physicalId: generatedName(draft.subject), attributes: {} }),
  'Custom::LogRetention': (draft) => ({
    physicalId: generatedName(draft.subject),
    attributes: { LogGroupName: text(draft.properties, 'LogGroupName') ?? '' },
  }),
  'Custom::VpcRestrictDefaultSG': (draft) => ({ physicalId: generatedName(draft.subject), attributes: {} }),
  'Custom::AWS': (draft) => ({ physicalId: generatedName(draft.subject), attributes: answerOf(draft) }),
};

/** What a call answers that the region itself can answer: the account, a parameter that a template states. */
function answerOf(draft: Draft): JsonObject {
  const call = customResourceCall(draft.properties);
  switch (call?.action) {
    case 'GetCallerIdentity':
      return { Account: draft.subject.account };
    case 'GetParameter': {
      const parameter = draft.find(String(call.parameters.Name ?? ''));
      const value = parameter?.type === 'AWS::SSM::Parameter' ? text(parameter.properties, 'Value') : undefined;
      return value === undefined ? {} : { 'Parameter.Value': value, 'Parameter.Name': String(call.parameters.Name) };
    }
    default:
      return {};
  }
}
