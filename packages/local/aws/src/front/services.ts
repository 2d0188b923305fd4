import type { UserPools } from '../cognito/create-user-pools.ts';
import type { DynamoDbBackend } from '../dynamodb/start-dynamodb.ts';
import type { EventBridge } from '../events/create-event-bridge.ts';
import type { SecretsManager } from '../secrets/create-secrets-manager.ts';
import type { SesBackend } from '../ses/start-ses.ts';
import { encodeSqsAnswer } from '../sqs/query-protocol/encode-xml.ts';
import type { SqsBackend } from '../sqs/start-sqs.ts';
import { answerSts } from '../sts/get-caller-identity.ts';
import { type Answer, buildCallError, buildJsonAnswer } from './answer.ts';
import { AwsError } from './aws-error.ts';
import type { CloudCall } from './identify-call.ts';
import type { LocalRequest } from './request.ts';

/** Everything behind the endpoint. */
export type Services = {
  readonly accountId: string;
  readonly dynamodb: DynamoDbBackend;
  readonly sqs: SqsBackend;
  readonly ses: SesBackend;
  readonly events: EventBridge;
  readonly secretsmanager: SecretsManager;
  readonly userPools: UserPools;
};

/** Performs one call at its service; a service's error becomes an answer in its protocol. */
export async function performCall(
  services: Services,
  call: CloudCall,
  request: LocalRequest,
  isFailing?: (index: number) => boolean,
): Promise<Answer> {
  try {
    return await dispatch(services, call, request, isFailing);
  } catch (error) {
    if (error instanceof AwsError) return buildCallError(call, error);
    const message = error instanceof Error ? error.message : String(error);
    return buildCallError(call, new AwsError('InternalFailure', message, 500));
  }
}

async function dispatch(
  services: Services,
  call: CloudCall,
  request: LocalRequest,
  isFailing?: (index: number) => boolean,
): Promise<Answer> {
  const { operation, body } = call;
  switch (call.service) {
    case 'dynamodb':
      return services.dynamodb.answer(operation, request.body);
    case 'sqs':
      return performSqs(services.sqs, call, request.signal);
    case 'ses':
      return services.ses.perform(operation, {
        ...request,
        contentType: request.headers['content-type'],
      });
    case 'events':
      return buildJsonAnswer(jsonType, services.events.perform(operation, body, isFailing));
    case 'secretsmanager':
      return buildJsonAnswer(jsonType, services.secretsmanager.perform(operation, body));
    case 'cognito-idp':
      return buildJsonAnswer(jsonType, await services.userPools.perform(operation, body));
    case 'sts':
      return answerSts(operation, services.accountId);
  }
}

async function performSqs(sqs: SqsBackend, call: CloudCall, signal: AbortSignal): Promise<Answer> {
  const answer = await sqs.answer(call.operation, call.body, signal);
  return call.protocol === 'query' ? encodeSqsAnswer(call.operation, answer) : answer;
}

const jsonType = 'application/x-amz-json-1.1';
