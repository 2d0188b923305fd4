/**
 * Names an error as SQS's query protocol does, in the form `CODE;Sender`. fauxqs puts the prefix
 * before every code; SQS only before some, and SDKs take the code for the error's name.
 */
export function repairQueryError(header: string): string {
  const [code = '', fault = 'Sender'] = header.split(';', 2);
  const plainCode = code.replace(prefix, '');
  if (plainCode === 'QueueNameExists') return `QueueAlreadyExists;${fault}`;
  return `${prefixedCodes.has(plainCode) ? prefix : ''}${plainCode};${fault}`;
}

const prefix = 'AWS.SimpleQueueService.';

/** The codes that carry the prefix in AWS's service model. */
const prefixedCodes = new Set([
  'BatchEntryIdsNotDistinct',
  'BatchRequestTooLong',
  'EmptyBatchRequest',
  'InvalidBatchEntryId',
  'MessageNotInflight',
  'NonExistentQueue',
  'PurgeQueueInProgress',
  'QueueDeletedRecently',
  'TooManyEntriesInBatchRequest',
  'UnsupportedOperation',
]);
