import { isConditionFailed } from '@cloudnestle/runtime/aws-errors';

/** True where the write stands, false where its condition did not hold. Every other error is thrown on. */
export async function holds(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
