import { httpStatusOf } from '@cloudnestle/runtime/aws-errors';
import { describeError } from '@cloudnestle/runtime/errors';
import { explainAwsFailure } from '../environment/explain-aws-trouble.ts';
import { notChecked, type Verdict, wrong } from './check.ts';
import { callTimeoutMs } from './deadline.ts';

/** What AWS and those that stand in for it call an operation that they do not have. */
const unknownOperation = new Set([
  'UnknownOperationException',
  'UnsupportedOperationException',
  'InvalidAction',
  'NotImplemented',
]);
const NOT_IMPLEMENTED = 501;

/** The verdict of a check that could not be carried out; `asks` is what it wanted to do. */
export function explainFailure(error: unknown, asks: string): Verdict {
  const name = error instanceof Error ? error.name : '';
  if (unknownOperation.has(name) || httpStatusOf(error) === NOT_IMPLEMENTED) {
    return notChecked(`the endpoint does not know ${asks}`);
  }
  if (name.includes('AccessDenied')) return notChecked(`the caller may not do ${asks}`);
  // Our own deadline. The SDK calls a cut connection a TimeoutError too.
  if (name === 'AbortError') {
    return wrong(`${asks}: no answer within ${callTimeoutMs() / 1000} s`);
  }
  return wrong(`${asks}: ${explainAwsFailure(error)?.message ?? describeError(error)}`);
}
