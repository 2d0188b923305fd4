import { isConditionFailed } from '@cloudnestle/runtime/aws-errors';
import type { CallFault, Dependency } from '../faults/fault-kinds.ts';
import type { Container } from '../parts/container.ts';
import type { Simulation } from '../parts/simulation.ts';
import { failedCall, isRepeated, isThrottling } from './failed-call.ts';

/** One SDK command under way. */
export interface AwsCall {
  dependency: Exclude<Dependency, 'gateway' | 'lambda' | 'people'>;
  /** The SDK's name of the command without `Command`: `GetItem`. */
  operation: string;
  input: unknown;
  /** Carries it out and answers, or throws AWS's error. */
  execute(): unknown;
  timeoutMs: number;
  maxAttempts: number;
}

/** How long an answer usually takes, in milliseconds. */
const typicalMs = { dynamo: 5, sqs: 8, events: 12, ses: 60, secrets: 15 } as const;

/** The SDK's first pause before a repeat. */
const PAUSE_MS = 100;
const PAUSE_WHEN_THROTTLED_MS = 500;
const LONGEST_PAUSE_MS = 20_000;

/** A request that its caller has given up may still be carried out for so long. */
const LATEST_EFFECT_MS = 20_000;

/** Sends a command as the SDK does: repeats what may be repeated, up to the client's number of attempts. */
export function callAws(
  simulation: Simulation,
  container: Container,
  call: AwsCall,
): Promise<unknown> {
  let hasHappened = false;
  const execute = () => {
    const answer = call.execute();
    hasHappened = true;
    return answer;
  };
  return new Promise((resolve, reject) => {
    const attempt = (number: number) => {
      sendOnce(simulation, container, { ...call, execute }, resolve, (error) => {
        if (number >= call.maxAttempts || !isRepeated(error)) {
          if (hasHappened && isConditionFailed(error)) {
            simulation.watch.lostToItself(container.functionName, call.operation, call.input);
          }
          return reject(error);
        }
        const firstMs = isThrottling(error) ? PAUSE_WHEN_THROTTLED_MS : PAUSE_MS;
        const pauseMs = Math.min(firstMs * 2 ** (number - 1), LONGEST_PAUSE_MS);
        const { scheduler, chance } = simulation;
        scheduler.after(chance.fraction() * pauseMs, container.actor, () => attempt(number + 1));
      });
    };
    attempt(1);
  });
}

/** One try: at one moment it happens at AWS, or not, and at another the caller hears of it, or not. */
function sendOnce(
  simulation: Simulation,
  container: Container,
  call: AwsCall,
  resolve: (answer: unknown) => void,
  reject: (error: unknown) => void,
): void {
  const { scheduler, network, faults, chance, trace } = simulation;
  const { dependency, operation, timeoutMs } = call;
  const fault = faults.ofCall({ dependency, operation, caller: container.functionName });
  const latencyMs = Math.min(chance.latencyMs(typicalMs[dependency]), timeoutMs * 0.9);
  const goOn = (run: () => void) => scheduler.enter(container.actor, run);
  const tell = (outcome: string) => trace.call(container, call, outcome);

  const execute = (): (() => void) => {
    // Of a caller that died meanwhile the request may be on its way, or may never have left.
    if (container.actor.isDead && chance.isHit(0.5)) return () => undefined;
    try {
      const answer = call.execute();
      tell('ok');
      simulation.lateEffects.read(operation, call.input);
      return () => resolve(answer);
    } catch (error) {
      tell(error instanceof Error ? error.name : 'error');
      return () => reject(error);
    }
  };
  const fail = (kind: CallFault) => {
    tell(kind);
    goOn(() => reject(failedCall(kind, timeoutMs)));
  };

  switch (fault) {
    case undefined:
      scheduler.after(latencyMs, network, () => goOn(execute()));
      return;
    case 'slow':
      scheduler.after(timeoutMs * 0.95, network, () => goOn(execute()));
      return;
    case 'serverErrorAfterEffect':
    case 'lostAnswer':
      scheduler.after(latencyMs, network, () => {
        execute();
        fail(fault);
      });
      return;
    case 'timeoutAfterEffect':
      scheduler.after(latencyMs, network, execute);
      scheduler.after(timeoutMs, network, () => fail(fault));
      return;
    case 'lateEffect':
      scheduler.after(timeoutMs, network, () => {
        fail(fault);
        const delayMs = chance.fraction() * LATEST_EFFECT_MS;
        simulation.lateEffects.hold(call.input, delayMs, execute);
      });
      return;
    case 'timeout':
      scheduler.after(timeoutMs, network, () => fail(fault));
      return;
    case 'connectTimeout':
      scheduler.after(Math.min(1000, timeoutMs), network, () => fail(fault));
      return;
    default:
      scheduler.after(latencyMs, network, () => fail(fault));
  }
}
