import { generatedName } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::Lambda::Function': (draft) => {
    const name = textOf(draft, 'FunctionName') ?? generatedName(draft.subject, 64);
    return { physicalId: name, attributes: { Arn: arn(draft, 'lambda', `function:${name}`) } };
  },
  'AWS::Lambda::Permission': (draft) => ({
    physicalId: generatedName(draft.subject, 100),
    attributes: { Id: generatedName(draft.subject, 100) },
  }),
  'AWS::Lambda::LayerVersion': (draft) => {
    const layer = arn(draft, 'lambda', `layer:${textOf(draft, 'LayerName') ?? draft.subject.logicalId}:1`);
    return { physicalId: layer, attributes: { LayerVersionArn: layer } };
  },
  'AWS::Lambda::Version': (draft) => {
    const version = `${arn(draft, 'lambda', `function:${(textOf(draft, 'FunctionName') ?? '').split(':function:').pop()}`)}:1`;
    return { physicalId: version, attributes: { FunctionArn: version, Version: '1' } };
  },
  'AWS::Lambda::Alias': (draft) => {
    const name = (textOf(draft, 'FunctionName') ?? '').split(':function:').pop();
    const alias = arn(draft, 'lambda', `function:${name}:${textOf(draft, 'Name') ?? ''}`);
    return { physicalId: alias, attributes: { AliasArn: alias } };
  },
};
