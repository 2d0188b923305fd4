import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import type { FunctionDefinition } from '@cloudnestle/topology/types';
import type { Context } from 'aws-lambda';
import { buildContext, type ContextDependencies } from './build-context.ts';

export type Invocation<Result> =
  | { kind: 'answered'; result: Result }
  | { kind: 'threw'; error: unknown }
  | { kind: 'timedOut'; afterSeconds: number };

/**
 * Runs a function once, as Lambda does: with a context of its own and at most for its timeout. Never rejects. What has
 * timed out cannot be killed here; it runs on and its result is ignored.
 */
export async function invokeFunction<Event, Result>(
  definition: FunctionDefinition,
  handler: (event: Event, context: Context) => Promise<Result>,
  event: Event,
  dependencies: ContextDependencies,
): Promise<Invocation<Result>> {
  const { timeoutSeconds } = definition;
  const late = Promise.withResolvers<Invocation<Result>>();
  const timer = setTimeout(
    () => late.resolve({ kind: 'timedOut', afterSeconds: timeoutSeconds }),
    timeLimitMs(timeoutSeconds * 1000),
  );
  // A function that hangs must not keep a process alive whose run has been stopped.
  timer.unref();
  const work = answer(handler, event, buildContext(definition, dependencies));
  const invocation = await Promise.race([work, late.promise]);
  clearTimeout(timer);
  return invocation;
}

async function answer<Event, Result>(
  handler: (event: Event, context: Context) => Promise<Result>,
  event: Event,
  context: Context,
): Promise<Invocation<Result>> {
  try {
    return { kind: 'answered', result: await handler(event, context) };
  } catch (error) {
    return { kind: 'threw', error };
  }
}
