/**
 * Whose code runs: a Lambda container, a buyer, the gateway, AWS. Whatever an actor's code waits for goes on as one of its
 * steps; so all that it does can be ended or held up from outside.
 */
export class Actor {
  readonly name: string;
  readonly #beforeStep: ((actor: Actor) => void) | undefined;
  #state: 'running' | 'frozen' | 'dead' = 'running';
  #held: (() => void)[] = [];

  /** `beforeStep` may kill or freeze the actor whenever it is about to go on. */
  constructor(name: string, beforeStep?: (actor: Actor) => void) {
    this.name = name;
    this.#beforeStep = beforeStep;
  }

  get isDead(): boolean {
    return this.#state === 'dead';
  }

  /** Whether its next step may run now. */
  mayStep(): boolean {
    if (this.#state === 'running') this.#beforeStep?.(this);
    return this.#state === 'running';
  }

  /** Nothing of it ever runs again. */
  kill(): void {
    this.#state = 'dead';
    this.#held = [];
  }

  /** Its steps wait until it is thawed. */
  freeze(): void {
    if (this.#state === 'running') this.#state = 'frozen';
  }

  /** Answers what was held up since it was frozen, in its order. */
  thaw(): (() => void)[] {
    if (this.#state !== 'frozen') return [];
    this.#state = 'running';
    const held = this.#held;
    this.#held = [];
    return held;
  }

  /** Keeps a step of a frozen actor for later; of a dead one it is gone. */
  hold(run: () => void): void {
    if (this.#state === 'frozen') this.#held.push(run);
  }
}
