import { alike, type Charges, free, storageEnds, used } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::S3::Bucket': (resource, reading) => {
    const buckets = alike(resource, reading);
    const kept = storageEnds(resource);
    const { usage } = reading;
    const item = 'Standard storage, first 50 TB';
    return [
      { ...used(resource, 'storage', item, 'S3', usage.objectGigabytes / buckets), basis: 'monthly', ends: kept },
      used(resource, 'storage', 'GET and other requests', 'S3', usage.objectReads / buckets),
      used(resource, 'storage', 'PUT/COPY/POST/LIST requests', 'S3', usage.objectWrites / buckets),
    ];
  },
  'AWS::S3::BucketPolicy': free,
};
