import {
  BatchEntryIdsNotDistinct,
  BatchRequestTooLong,
  EmptyBatchRequest,
  InvalidAttributeName,
  InvalidBatchEntryId,
  InvalidMessageContents,
  MessageNotInflight,
  OverLimit,
  PurgeQueueInProgress,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  SQSServiceException,
  TooManyEntriesInBatchRequest,
} from '@aws-sdk/client-sqs';
import { metadata } from '../aws.ts';

/** The errors that have a class of their own in the SDK. */
const classes = {
  BatchEntryIdsNotDistinct,
  BatchRequestTooLong,
  EmptyBatchRequest,
  InvalidAttributeName,
  InvalidBatchEntryId,
  InvalidMessageContents,
  MessageNotInflight,
  OverLimit,
  PurgeQueueInProgress,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  TooManyEntriesInBatchRequest,
} as const;

export type SqsErrorName = keyof typeof classes | 'InvalidParameterValue' | 'MissingParameter';

export function sqsError(name: SqsErrorName, message: string): SQSServiceException {
  const $metadata = metadata(400);
  if (name === 'InvalidParameterValue' || name === 'MissingParameter') {
    return new SQSServiceException({ name, message, $fault: 'client', $metadata });
  }
  return new classes[name]({ message, $metadata });
}
