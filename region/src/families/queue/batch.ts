import { AwsError } from '../../endpoints/aws-error.ts';

const mostEntries = 10;

/**
 * The entries of a batch, one after the other: each succeeds or fails by itself.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
export async function batch(
  input: Readonly<Record<string, unknown>>,
  act: (entry: Readonly<Record<string, unknown>>) => Promise<object>,
) {
  const entries = (Array.isArray(input.Entries) ? input.Entries : []) as Readonly<Record<string, unknown>>[];
  const ids = entries.map(({ Id }) => String(Id));
  if (entries.length === 0)
    throw new AwsError(400, 'EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > mostEntries)
    throw new AwsError(
      400,
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${mostEntries}. You have sent ${entries.length}.`,
    );
  if (new Set(ids).size < ids.length)
    throw new AwsError(400, 'BatchEntryIdsNotDistinct', 'Two or more entries have the same Id.');
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id)))
    throw new AwsError(
      400,
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores, 80 at most.',
    );
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...(await act(entry)) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: error.status < 500, Code: error.code, Message: error.message });
    }
  }
  return { Successful, Failed };
}
