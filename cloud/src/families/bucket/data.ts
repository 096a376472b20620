import { words } from '../../words.ts';
import type { HeldData } from '../contract/data.ts';

/** AWS deletes a bucket only when it is empty. https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html */
export const data: Readonly<Record<string, HeldData>> = {
  'AWS::S3::Bucket': { what: () => words('its objects', '버킷의 객체'), mayBeEmpty: true },
};
