import type { Platform } from '@cloudnestle/runtime/platform';
import type { Actor } from '../time/actor.ts';

/** One of a function's execution environments: its own handler, clients, caches and clock. */
export interface Container {
  readonly functionName: string;
  readonly actor: Actor;
  readonly platform: Platform;
  /** How far its clock is off. */
  readonly skewMs: number;
  /** Set while an invocation runs: what becomes of it when the container dies. */
  running: { crash(): void; endsAtMs: number } | undefined;
  /** Set once it was stalled in the invocation that runs. */
  wasHeldUp: boolean;
}
