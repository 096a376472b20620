import { letters, suffix } from '../../allocate/identifier.ts';
import { type Draft, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::Route53::HostedZone': (draft) => {
    const id = `Z${suffix(draft.subject, 'zone', 20)}`;
    return {
      physicalId: id,
      attributes: {
        Id: id,
        NameServers: [0, 512, 1024, 1536].map(
          (block, index) =>
            `ns-${block + (Number.parseInt(suffixDigits(draft, index), 36) % 512)}.awsdns-${String(index * 16).padStart(2, '0')}.${['com', 'net', 'org', 'co.uk'][index]}`,
        ),
      },
    };
  },
  'AWS::Route53::RecordSet': (draft) => {
    const name = textOf(draft, 'Name') ?? '';
    return { physicalId: name.replace(/\.$/, ''), attributes: {} };
  },
  'AWS::Route53::RecordSetGroup': (draft) => ({ physicalId: suffix(draft.subject, 'group', 12), attributes: {} }),
};

function suffixDigits(draft: Draft, index: number): string {
  return letters(draft.subject, `name server ${index}`, 4);
}
