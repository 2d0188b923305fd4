/** The answer of a conditional write, or undefined where its condition did not hold. Every other error is thrown on. */
export async function ifConditionHolds<Answer>(
  write: Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await write;
  } catch (error) {
    if (isConditionFailed(error)) return undefined;
    throw error;
  }
}

/** True where a conditional write was made, false where its condition did not hold. Every other error is thrown on. */
export async function isWritten(write: Promise<object>): Promise<boolean> {
  return (await ifConditionHolds(write)) !== undefined;
}

/** DynamoDB refused a write because its condition did not hold. */
export function isConditionFailed(error: unknown): boolean {
  return hasName(error, 'ConditionalCheckFailedException');
}

/** The HTTP status AWS answered with, or undefined where there was no answer. */
export function httpStatusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) {
    return undefined;
  }
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/** Whether it is AWS that did not do as asked, by an answer or by none; anything else is a bug of ours. */
export function isAwsFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return httpStatusOf(error) !== undefined || isConnectionTrouble(error);
}

const networkCodes = /^E(CONN|HOST|NET|NOTFOUND|AI_|TIMEDOUT|PIPE)/;

/** What AWS answered carries its metadata with a status; what never arrived has the system's code, or none. */
export function isConnectionTrouble(error: Error): boolean {
  if (error.name === 'TimeoutError') return true;
  return 'code' in error && networkCodes.test(String(error.code));
}

function hasName(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
