import { type KeysOf, stated } from '../contract/request-keys.ts';

export const requestKeys: Readonly<Record<string, KeysOf>> = {
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/list_amazons3.html */
  'AWS::S3::Bucket': ({ inventory, resource: { properties } }) => ({
    's3:locationconstraint': inventory.region === 'us-east-1' ? undefined : inventory.region,
    's3:x-amz-acl': acl(stated(properties.AccessControl)),
    's3:ResourceAccount': inventory.account,
    's3:x-amz-bucket-namespace': undefined,
  }),
};

/** `PublicRead` of a template is `public-read` of a request. */
function acl(written: string | undefined): string | undefined {
  return written?.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}
