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
