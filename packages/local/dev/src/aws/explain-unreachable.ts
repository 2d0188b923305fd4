import { LocalRunStartError } from '../run/start-error.ts';

/** Runs the first calls to an endpoint; where nothing answers there, says so instead of the SDK's own words. */
export async function explainUnreachable<Result>(
  endpoint: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isConnectionTrouble(error)) throw error;
    const message = `Nothing answers at ${endpoint}. Is an AWS-compatible endpoint running there?`;
    throw new LocalRunStartError('ENDPOINT_UNREACHABLE', message, { cause: error });
  }
}

function isConnectionTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return error.name === 'TimeoutError' || (typeof code === 'string' && connectionCodes.has(code));
}

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);
