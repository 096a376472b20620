import { uuid } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::WAFv2::WebACL': (draft) => {
    const id = uuid(draft.subject, 'acl');
    const name = textOf(draft, 'Name') ?? draft.subject.logicalId;
    const scope = textOf(draft, 'Scope') ?? 'REGIONAL';
    return {
      physicalId: `${name}|${id}|${scope}`,
      attributes: {
        Id: id,
        Arn: arn(draft, 'wafv2', `${scope === 'CLOUDFRONT' ? 'global' : 'regional'}/webacl/${name}/${id}`),
        Capacity: 0,
      },
    };
  },
};
