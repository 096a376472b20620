import { type KeysOf, stated, texts } from '../contract/request-keys.ts';

export const requestKeys: Readonly<Record<string, KeysOf>> = {
  /** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-rrset-conditions.html */
  'AWS::Route53::RecordSet': ({ resource: { properties } }) => ({
    'route53:ChangeResourceRecordSetsNormalizedRecordNames': [normalized(stated(properties.Name) ?? '')],
    'route53:ChangeResourceRecordSetsRecordTypes': [stated(properties.Type) ?? ''],
  }),
  'AWS::Route53::HostedZone': ({ resource: { properties } }) =>
    texts(properties.VPCs).length === 0 && properties.VPCs === undefined ? { 'route53:VPCs': undefined } : {},
};

/** In lower case, without the last dot, other characters escaped as `\\ooo`, which a template's names rarely have. */
function normalized(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
