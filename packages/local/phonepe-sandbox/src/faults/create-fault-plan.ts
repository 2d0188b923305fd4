import type { Fault, Operation } from './fault.ts';

export type FaultPlan = ReturnType<typeof createFaultPlan>;

/** Which call misbehaves next: the first planned fault that fits and is not used up. */
export function createFaultPlan() {
  let planned: { fault: Fault; left: number }[] = [];

  const plan = (fault: Fault) => ({
    fault,
    left: fault.count === null ? Infinity : (fault.count ?? 1),
  });

  return {
    /** Replaces whatever was planned. */
    set(faults: readonly Fault[]) {
      planned = faults.map(plan);
    },
    add(fault: Fault) {
      planned.push(plan(fault));
    },
    clear() {
      planned = [];
    },
    list: (): Fault[] =>
      planned.map(({ fault, left }) => ({ ...fault, count: left === Infinity ? null : left })),
    take(operation: Operation): Fault | undefined {
      const match = planned.find(
        ({ fault }) => fault.operation === '*' || fault.operation === operation,
      );
      if (!match) return undefined;
      match.left -= 1;
      planned = planned.filter(({ left }) => left > 0);
      return match.fault;
    },
  };
}
