import { findFunction } from '@cloudnestle/topology/functions';
import type { FunctionName } from '@cloudnestle/topology/types';
import type { Context } from 'aws-lambda';
import type { Container } from '../parts/container.ts';
import type { FunctionPool, Invocation, Simulation } from '../parts/simulation.ts';
import { createContainer } from './container.ts';

type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** Lambda's own part of an invocation: handing it over, and handing its answer back. */
const OVERHEAD_MS = 2;
const COLD_START_MS = 400;

/**
 * Lambda for one function: an idle container is taken before a new one is started; between two invocations it is frozen,
 * and what its code still waits for goes on when it is thawed. `compose` is what a cold start does.
 */
export function createFunctionPool(
  simulation: Simulation,
  name: FunctionName,
  options: { mostAtOnce: number; compose(container: Container): Handler },
): FunctionPool {
  const { scheduler, chance, lambda, faults } = simulation;
  const { timeoutSeconds, memoryMb } = findFunction(name);
  const idle: { container: Container; handler: Handler }[] = [];
  let running = 0;

  const start = () => {
    const container = createContainer(simulation, name);
    return { container, handler: options.compose(container) };
  };

  const invoke: FunctionPool['invoke'] = (event, done) => {
    if (
      running >= options.mostAtOnce ||
      faults.happens('invocationThrottled', 'lambda', 0.3, name)
    ) {
      if (running >= options.mostAtOnce) faults.note('invocationThrottled', name);
      scheduler.after(OVERHEAD_MS, lambda, () => done({ kind: 'throttled' }));
      return;
    }
    running += 1;
    const warm = idle.pop();
    const delayMs = chance.latencyMs(warm ? OVERHEAD_MS : COLD_START_MS);
    scheduler.after(delayMs, lambda, () => run(warm ?? start(), event, done));
  };

  const run = (
    environment: { container: Container; handler: Handler },
    event: unknown,
    done: (invocation: Invocation) => void,
  ) => {
    const { container, handler } = environment;
    const { actor } = container;
    const startedAtMs = scheduler.nowMs();
    const endsAtMs = startedAtMs + timeoutSeconds * 1000;
    container.wasHeldUp = false;
    let isOver = false;
    const end = (invocation: Invocation, isReusable: boolean) => {
      if (isOver) return;
      isOver = true;
      running -= 1;
      container.running = undefined;
      timer.cancel();
      if (isReusable) {
        actor.freeze();
        idle.push(environment);
      } else {
        actor.kill();
      }
      scheduler.after(OVERHEAD_MS, lambda, () => done(invocation));
    };
    const timer = scheduler.after(timeoutSeconds * 1000, lambda, () =>
      // Lambda throws a container away whose function ran out of time.
      end({ kind: 'timedOut', afterSeconds: timeoutSeconds }, false),
    );
    container.running = { endsAtMs, crash: () => end({ kind: 'crashed' }, false) };
    scheduler.thaw(actor);
    scheduler.enter(actor, () => {
      const context = buildContext(simulation, { name, memoryMb, endsAtMs });
      handler(event, context).then(
        (result) => {
          const isHeldUp = container.wasHeldUp || container.skewMs !== 0;
          end(
            { kind: 'answered', result, startedAtMs, endedAtMs: scheduler.nowMs(), isHeldUp },
            true,
          );
        },
        (error: unknown) => end({ kind: 'threw', error }, true),
      );
    });
  };
  return { invoke };
}

function buildContext(
  { scheduler, ids }: Simulation,
  facts: { name: string; memoryMb: number; endsAtMs: number },
): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: facts.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${facts.name}`,
    memoryLimitInMB: String(facts.memoryMb),
    awsRequestId: ids.next(),
    logGroupName: `/aws/lambda/${facts.name}`,
    logStreamName: 'simulation',
    getRemainingTimeInMillis: () => Math.max(0, facts.endsAtMs - scheduler.nowMs()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
