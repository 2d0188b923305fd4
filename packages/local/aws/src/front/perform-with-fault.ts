import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, buildCallError } from './answer.ts';
import { AwsError } from './aws-error.ts';
import type { Fault } from './fault.ts';
import type { CloudCall } from './identify-call.ts';

/** An answer to write, or the order to cut the connection instead. */
export type Outcome = Answer | 'reset';

/** Performs a call as a fault orders; `isFailing` names the PutEvents entries that are to fail. */
export type Perform = (isFailing?: (index: number) => boolean) => Promise<Answer>;

/** Performs a call, with a fault if there is one. `signal` ends waiting when the caller leaves. */
export async function performWithFault(
  call: CloudCall,
  fault: Fault | undefined,
  perform: Perform,
  signal: AbortSignal,
): Promise<Outcome> {
  if (!fault) return perform();
  if ('partialFailure' in fault) {
    if (call.operation !== 'PutEvents') {
      throw new AwsError('InterceptFailed', 'Only PutEvents can fail for some of its entries');
    }
    return perform((index) => fault.indexes?.includes(index) ?? true);
  }
  if ('hangMs' in fault) {
    const answer = fault.when === 'after' ? await perform() : undefined;
    const isHere = await wait(fault.hangMs, signal);
    return isHere ? (answer ?? perform()) : 'reset';
  }
  if (fault.when === 'after') await perform();
  return 'reset' in fault ? 'reset' : buildFaultAnswer(call, fault);
}

function buildFaultAnswer(
  call: CloudCall,
  fault: { status: number; errorType: string; message?: string },
): Answer {
  const { errorType, message = 'Injected fault', status } = fault;
  return buildCallError(call, new AwsError(errorType, message, status));
}

async function wait(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
