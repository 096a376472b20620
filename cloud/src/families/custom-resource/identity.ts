import { generatedName } from '../../allocate/identifier.ts';
import { object, text, texts } from '../../property.ts';
import { arn, type Identify } from '../contract/identity.ts';
import { callAnswer } from './call-answers.ts';

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
  'Custom::CrossRegionExportWriter': (draft) => ({ physicalId: generatedName(draft.subject), attributes: {} }),
  'Custom::CrossRegionExportReader': (draft) => ({
    physicalId: generatedName(draft.subject),
    attributes: object(object(draft.properties, 'ReaderProps'), 'imports'),
  }),
  'Custom::AWS': (draft) => ({ physicalId: generatedName(draft.subject), attributes: callAnswer(draft) }),
};
