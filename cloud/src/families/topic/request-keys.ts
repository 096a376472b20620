import { type KeysOf, stated } from '../contract/request-keys.ts';

export const requestKeys: Readonly<Record<string, KeysOf>> = {
  /** https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html */
  'AWS::SNS::Subscription': ({ resource: { properties } }) => ({
    'sns:Protocol': stated(properties.Protocol),
    'sns:Endpoint': stated(properties.Endpoint),
  }),
  'AWS::SNS::Topic': ({ resource: { properties } }) =>
    subscriptions(properties.Subscription).map((each) => ({
      'sns:Protocol': stated(each.Protocol),
      'sns:Endpoint': stated(each.Endpoint),
    })),
};

function subscriptions(value: unknown): readonly Record<string, string | undefined>[] {
  return Array.isArray(value) ? value : [];
}
