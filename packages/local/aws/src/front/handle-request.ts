import type { IncomingMessage, ServerResponse } from 'node:http';
import { buildErrorAnswer, buildXmlErrorAnswer, writeAnswer } from './answer.ts';
import { AwsError } from './aws-error.ts';
import type { Fault, Intercept } from './fault.ts';
import { type CloudCall, identifyCall } from './identify-call.ts';
import { performWithFault } from './perform-with-fault.ts';
import { readRequest } from './request.ts';
import { performCall, type Services } from './services.ts';

/** What the front needs to answer requests. */
export type FrontDependencies = {
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
