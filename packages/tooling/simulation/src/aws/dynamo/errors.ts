import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { metadata } from '../aws.ts';

/** DynamoDB's answer to input that it never takes. */
export function invalid(message: string): DynamoDBServiceException {
  return new DynamoDBServiceException({
    name: 'ValidationException',
    message,
    $fault: 'client',
    $metadata: metadata(400),
  });
}

/** `item` only where the call asked for it; the SDK hands it out in DynamoDB's own notation. */
export function conditionFailed(
  item: Readonly<Record<string, unknown>> | undefined,
): ConditionalCheckFailedException {
  return new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: metadata(400),
    ...(item ? { Item: marshall(item) } : {}),
  });
}

export function tableNotFound(): ResourceNotFoundException {
  return new ResourceNotFoundException({
    message: 'Requested resource not found',
    $metadata: metadata(400),
  });
}
