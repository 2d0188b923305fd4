import type { CallFault } from '../faults/fault-kinds.ts';

/** The error that the SDK throws for a fault, told apart as it tells them: by name, code, status and words. */
export function failedCall(fault: CallFault, timeoutMs: number): Error {
  switch (fault) {
    case 'refused':
      return network('connect ECONNREFUSED', 'ECONNREFUSED', 'connect');
    case 'lostAnswer':
      return network('socket hang up', 'ECONNRESET');
    case 'connectTimeout':
      return timeout(
        `the request socket did not establish a connection with the server within the configured timeout of ${Math.min(1000, timeoutMs)} ms.`,
      );
    case 'throttled':
      return service('ThrottlingException', 'Rate exceeded', 400);
    case 'denied':
      return service('AccessDeniedException', 'not authorized to perform this action', 400);
    case 'serverError':
    case 'serverErrorAfterEffect':
      return service('InternalServerError', 'Internal server error', 500);
    default:
      return timeout(`a request has exceeded the configured ${timeoutMs} ms requestTimeout.`);
  }
}

/** Whether the SDK repeats a call that failed so: connections, time-outs, throttling and 5xx. */
export function isRepeated(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'TimeoutError' || throttlings.has(error.name)) return true;
  if ('code' in error && (error.code === 'ECONNRESET' || error.code === 'ECONNREFUSED'))
    return true;
  return statusOf(error) >= 500;
}

/** Throttling is waited out longer. */
export function isThrottling(error: unknown): boolean {
  return error instanceof Error && throttlings.has(error.name);
}

const throttlings: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'TooManyRequestsException',
]);

function statusOf(error: Error): number {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata))
    return 0;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : 0;
}

function network(message: string, code: string, syscall?: string): Error {
  return Object.assign(new Error(message), {
    code,
    ...(syscall === undefined ? {} : { syscall }),
    $metadata: { attempts: 1, totalRetryDelay: 0 },
  });
}

function timeout(message: string): Error {
  return Object.assign(new Error(message), {
    name: 'TimeoutError',
    $metadata: { attempts: 1, totalRetryDelay: 0 },
  });
}

function service(name: string, message: string, httpStatusCode: number): Error {
  return Object.assign(new Error(message), {
    name,
    $fault: httpStatusCode < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode, requestId: 'simulated', attempts: 1, totalRetryDelay: 0 },
  });
}
