import type { Trace } from '../parts/simulation.ts';
import { describeCall } from './describe-call.ts';

export const noTrace: Trace = { isOn: false, call: () => undefined, tell: () => undefined };

/**
 * Hands every line to `write`, with the virtual time. With `about` only those lines that name one of these texts: an
 * order's and a buyer's ids.
 */
export function createTrace(deps: {
  nowMs(): number;
  write(line: string): void;
  about?: readonly string[];
}): Trace {
  const { nowMs, write, about } = deps;
  const isMeant = (line: string) => !about || about.some((text) => line.includes(text));
  const tell: Trace['tell'] = (who, what, concerning = '') => {
    const line = `${new Date(nowMs()).toISOString()}  ${who.padEnd(18)}  ${what}`;
    if (isMeant(`${line} ${concerning}`)) write(line);
  };
  return {
    isOn: true,
    tell,
    call: ({ actor }, call, outcome) =>
      tell(actor.name, `${describeCall(call)} -> ${outcome}`, JSON.stringify(call.input)),
  };
}
