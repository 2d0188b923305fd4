/** Something that happens at a moment of virtual time. */
export interface TimedStep {
  readonly atMs: number;
  /** Steps of the same moment happen in the order in which they were planned. */
  readonly order: number;
}

/** The steps still to come, the earliest first: a binary heap. */
export class StepHeap<Step extends TimedStep> {
  readonly #steps: Step[] = [];

  get size(): number {
    return this.#steps.length;
  }

  peek(): Step | undefined {
    return this.#steps[0];
  }

  push(step: Step): void {
    const steps = this.#steps;
    let index = steps.length;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = steps[parentIndex];
      if (!parent || !isEarlier(step, parent)) break;
      steps[index] = parent;
      index = parentIndex;
    }
    steps[index] = step;
  }

  pop(): Step | undefined {
    const steps = this.#steps;
    const first = steps[0];
    const last = steps.pop();
    if (first === undefined || last === undefined || steps.length === 0) return first;
    let index = 0;
    for (;;) {
      const childIndex = this.#earlierChild(index);
      const child = steps[childIndex];
      if (!child || !isEarlier(child, last)) break;
      steps[index] = child;
      index = childIndex;
    }
    steps[index] = last;
    return first;
  }

  #earlierChild(index: number): number {
    const left = this.#steps[2 * index + 1];
    const right = this.#steps[2 * index + 2];
    return left && right && isEarlier(right, left) ? 2 * index + 2 : 2 * index + 1;
  }
}

function isEarlier(a: TimedStep, b: TimedStep): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
