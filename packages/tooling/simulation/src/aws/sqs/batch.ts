import { SQSServiceException } from '@aws-sdk/client-sqs';
import { sqsError } from './errors.ts';

const MOST_ENTRIES = 10;

/** Carries out each entry of a batch alone: what one throws is that entry's failure. */
export function runBatch<Entry extends { Id: string }, Result extends object>(
  entries: readonly Entry[],
  run: (entry: Entry) => Result,
) {
  checkEntries(entries);
  const Successful: ({ Id: string } & Result)[] = [];
  const Failed: { Id: string; SenderFault: boolean; Code: string; Message: string }[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof SQSServiceException)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.name, Message: error.message });
    }
  }
  // The answer has a list only where there is something in it (AWS's JSON protocol, the SDK leaves it out).
  return {
    ...(Successful.length > 0 ? { Successful } : {}),
    ...(Failed.length > 0 ? { Failed } : {}),
  };
}

function checkEntries(entries: readonly { Id: string }[]): void {
  if (entries.length === 0) {
    throw sqsError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  }
  if (entries.length > MOST_ENTRIES) {
    throw sqsError('TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10.');
  }
  for (const { Id } of entries) {
    if (!/^[\w-]{1,80}$/.test(Id)) {
      throw sqsError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores.',
      );
    }
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw sqsError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  }
}
