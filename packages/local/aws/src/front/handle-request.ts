import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UserPools } from '../cognito.ts';
import type { DynamoDbBackend } from '../dynamodb/start-dynamodb.ts';
import type { EventBridge } from '../events/create-event-bridge.ts';
import type { SecretsManager } from '../secrets/create-secrets-manager.ts';
import type { SesBackend } from '../ses/start-ses.ts';
import { encodeSqsAnswer } from '../sqs/encode-xml.ts';
import type { SqsBackend } from '../sqs/start-sqs.ts';
import { answerSts } from '../sts.ts';
import {
  type Answer,
  buildCallError,
  buildErrorAnswer,
  buildJsonAnswer,
  buildXmlErrorAnswer,
  writeAnswer,
} from './answer.ts';
import { AwsError } from './aws-error.ts';
import { type Fault, type Intercept, performWithFault } from './fault.ts';
import { type CloudCall, identifyCall } from './identify-call.ts';
import { type LocalRequest, readRequest } from './listen.ts';

/** What the front needs to answer requests. */
type FrontDependencies = {
  readonly services: Services;
  readonly record: (call: CloudCall) => void;
  readonly findIntercept: () => Intercept | undefined;
  /** Serves what is no AWS call (the inbox); false if it does not know the path either. */
  readonly servePage: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
};

/** Answers one request of the endpoint. Never rejects: a broken connection ends it quietly. */
export async function handleRequest(
  front: FrontDependencies,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (await front.servePage(request, response)) return;
    const local = await readRequest(request, response);
    const call = identifyCall(local);
    if (!call) throw buildUnknownCall(request);
    front.record(call);
    const outcome = await performWithFault(
      call,
      await findFault(front, call),
      (isFailing) => performCall(front.services, call, local, isFailing),
      local.signal,
    );
    if (outcome === 'reset') request.socket.destroy();
    else writeAnswer(response, outcome);
  } catch (error) {
    if (error instanceof AwsError) writeAnswer(response, buildFrontError(request, error));
    else request.socket.destroy();
  }
}

/** A hook that throws is a mistake in a test: its caller is told, without being retried. */
async function findFault(front: FrontDependencies, call: CloudCall): Promise<Fault | undefined> {
  try {
    return await front.findIntercept()?.(call);
  } catch (error) {
    throw new AwsError('InterceptFailed', error instanceof Error ? error.message : String(error));
  }
}

function buildUnknownCall({ method, url, headers }: IncomingMessage): AwsError {
  const what = headers['x-amz-target'] ?? `${method} ${url}`;
  return new AwsError(
    'UnknownOperationException',
    `${what} is no call of EventBridge, SQS, DynamoDB, SES v2, Secrets Manager, Cognito or STS`,
  );
}

function buildFrontError({ headers }: IncomingMessage, error: AwsError) {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    ? buildXmlErrorAnswer(error)
    : buildErrorAnswer('events', error);
}

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
async function performCall(
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
