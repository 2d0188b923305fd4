import type { Trace } from '../parts/trace.ts';

export const noTrace: Trace = { call: () => undefined, tell: () => undefined };

/** Hands every line to `write`, with the virtual time. */
export function createTrace(deps: { nowMs(): number; write(line: string): void }): Trace {
  const tell: Trace['tell'] = (who, what, facts) => {
    const details = facts === undefined ? '' : ` ${describe(facts)}`;
    deps.write(`${new Date(deps.nowMs()).toISOString()} ${who}: ${what}${details}`);
  };
  return {
    tell,
    call: (container, { dependency, operation, input }, outcome) =>
      tell(container.actor.name, `${dependency} ${operation} -> ${outcome}`, { input }),
  };
}

function describe(facts: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(facts, (_name, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
}
