import { runInNewContext } from 'node:vm';
import type { Alarm } from '../alarm.ts';

/** What an alarm's metrics are in one period: `value` is that of the only metric, and what is not given has no sample. */
type Period = Readonly<Record<string, number>>;

/** Whether an alarm is raised by the last of these periods, which follow one another, reckoned as CloudWatch does. */
export function isRaised({ measure, raised, missing }: Alarm, ...periods: Period[]): boolean {
  const [formula, names] =
    'formula' in measure ? [measure.formula, Object.keys(measure.from)] : ['value', ['value']];
  const unknown = periods.flatMap(Object.keys).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`the alarm has no metric ${unknown.join(', ')}`);
  const result = compute(formula, names, periods);
  if (Number.isNaN(result)) return missing === 'raised';
  return 'above' in raised ? result > raised.above : result < raised.below;
}

/** The formula's value in the last period; NaN where it has none. */
function compute(formula: string, names: readonly string[], periods: readonly Period[]): number {
  const without = Object.fromEntries(names.map((name) => [name, Number.NaN]));
  let result: unknown = Number.NaN;
  // What each DIFF of the formula was given in the period before: it has no value in the first one.
  let before: number[] = [];
  for (const period of periods) {
    const now: number[] = [];
    const DIFF = (value: number) => value - (before[now.push(value) - 1] ?? Number.NaN);
    result = runInNewContext(formula, { ...functions, DIFF, ...without, ...period });
    before = now;
  }
  if (typeof result !== 'number') throw new Error(`${formula} is no number`);
  return result;
}

const functions = {
  IF: (isSo: boolean, yes: number, no: number) => (isSo ? yes : no),
  FILL: (value: number, otherwise: number) => (Number.isNaN(value) ? otherwise : value),
  FLOOR: Math.floor,
};
