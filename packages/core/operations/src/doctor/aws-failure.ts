import { httpStatusOf, isAwsFailure } from '@cloudnestle/runtime/aws-errors';
import { describeError } from '@cloudnestle/runtime/errors';

/** Why AWS did not do as asked, as a sentence; undefined where the error is none of AWS's: then it is a bug, and wants its stack. */
export function describeAwsFailure(error: unknown): string | undefined {
  if (!isAwsFailure(error)) return undefined;
  const where = httpStatusOf(error) === undefined ? 'AWS does not answer' : 'AWS refused';
  return `${where} (${describeError(error)}).`;
}
