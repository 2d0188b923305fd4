import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, buildCallError } from './answer.ts';
import { AwsError } from './aws-error.ts';
import type { CloudCall } from './identify-call.ts';

/** What a fault test does to one call. */
export type Fault =
  /** An AWS error instead of the answer; `after` performs the call first. */
  | {
      readonly when: 'before' | 'after';
      readonly status: number;
      readonly errorType: string;
      readonly message?: string;
    }
  /** The connection is cut; `after` performs the call first. */
  | { readonly when: 'before' | 'after'; readonly reset: true }
  /**
   * The answer is late. `before` (the default) waits first and performs the call only if its
   * caller is still there; `after` performs it at once and keeps the answer back.
   */
  | { readonly hangMs: number; readonly when?: 'before' | 'after' }
  /** PutEvents only: the entries at `indexes` (default: all) fail with InternalFailure. */
  | { readonly partialFailure: true; readonly indexes?: readonly number[] };

/** Sees every call before it is performed and may return a fault for it. */
export type Intercept = (
  call: Pick<CloudCall, 'service' | 'operation' | 'body'>,
) => Fault | undefined | Promise<Fault | undefined>;

/** An answer to write, or the order to cut the connection instead. */
type Outcome = Answer | 'reset';

/** Performs a call as a fault orders; `isFailing` names the PutEvents entries that are to fail. */
type Perform = (isFailing?: (index: number) => boolean) => Promise<Answer>;

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
