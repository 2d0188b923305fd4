import type { Actor } from './actor.ts';
import { StepHeap, type TimedStep } from './step-heap.ts';

interface Step extends TimedStep {
  readonly actor: Actor;
  run(): void;
  isCancelled: boolean;
}

/** A planned step that can be called off. */
export interface Planned {
  cancel(): void;
}

/** Node's own, whatever is put in their place later. */
const realSetImmediate = globalThis.setImmediate;

/** After so many steps the process looks at its own input and output once. */
const STEPS_IN_A_ROW = 2_000;

/**
 * Virtual time. Everything that happens is a step of some actor at some moment; one runs at a time, to the end of all
 * promises that it settles, and then the next. Nothing here waits for real.
 */
export class Scheduler {
  readonly #steps = new StepHeap<Step>();
  #nowMs: number;
  #order = 0;
  #current: Actor;
  /** Steps that ran. */
  stepCount = 0;

  constructor(startMs: number, world: Actor) {
    this.#nowMs = startMs;
    this.#current = world;
  }

  /** Milliseconds since 1970; whole ones, as clocks tell them. */
  nowMs(): number {
    return Math.floor(this.#nowMs);
  }

  /** Whose step is running. */
  get current(): Actor {
    return this.#current;
  }

  /** Plans a step of `actor` in `delayMs`, which may be a fraction: so steps of one millisecond come in a mixed order. */
  after(delayMs: number, actor: Actor, run: () => void): Planned {
    const step: Step = {
      atMs: this.#nowMs + Math.max(0, delayMs),
      order: this.#order++,
      actor,
      run,
      isCancelled: false,
    };
    this.#steps.push(step);
    return {
      cancel: () => {
        step.isCancelled = true;
      },
    };
  }

  /** Goes on as `actor` within the step that is running: not at all if it is dead, later if it is frozen. */
  enter(actor: Actor, run: () => void): void {
    if (!actor.mayStep()) {
      actor.hold(run);
      return;
    }
    const before = this.#current;
    this.#current = actor;
    try {
      run();
    } finally {
      this.#current = before;
    }
  }

  /** Gives a frozen actor back what it waited for. */
  thaw(actor: Actor): void {
    for (const run of actor.thaw()) this.after(0, actor, run);
  }

  /**
   * Runs step after step until `isOver` says so, or nothing is planned any more. Rejects with what a step throws: that is a
   * bug of the simulation or a broken invariant, never a failure of the services.
   */
  run(isOver: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      // A tick that a promise's continuation asks for comes once no promise has anything to continue: the next step sees a
      // quiet process. A tick that a tick asks for would come before the promises.
      const planNext = () => process.nextTick(next);
      const next = () => {
        try {
          if (isOver() || !this.#runOne()) return resolve();
        } catch (error) {
          return reject(error);
        }
        if (this.stepCount % STEPS_IN_A_ROW === 0) realSetImmediate(next);
        else queueMicrotask(planNext);
      };
      next();
    });
  }

  /** False where nothing is planned. */
  #runOne(): boolean {
    for (;;) {
      const step = this.#steps.pop();
      if (!step) return false;
      if (step.isCancelled || step.actor.isDead) continue;
      this.#nowMs = step.atMs;
      if (!step.actor.mayStep()) {
        step.actor.hold(() => {
          if (!step.isCancelled) step.run();
        });
        continue;
      }
      this.stepCount += 1;
      this.#current = step.actor;
      step.run();
      return true;
    }
  }
}
