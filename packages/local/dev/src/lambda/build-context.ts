import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import type { FunctionDefinition } from '@cloudnestle/topology/types';
import type { Context } from 'aws-lambda';

export interface ContextDependencies {
  nowMs(): number;
  newId(): string;
}

/** A Lambda context whose remaining time counts down from the function's timeout. */
export function buildContext(
  { name, timeoutSeconds, memoryMb }: FunctionDefinition,
  { nowMs, newId }: ContextDependencies,
): Context {
  const endsAtMs = nowMs() + timeLimitMs(timeoutSeconds * 1000);
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    memoryLimitInMB: String(memoryMb),
    awsRequestId: newId(),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, endsAtMs - nowMs()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
