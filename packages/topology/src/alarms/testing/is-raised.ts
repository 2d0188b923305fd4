import { runInNewContext } from 'node:vm';
import type { Alarm } from '../alarm.ts';

/**
 * Whether an alarm is raised by a period in which its metrics have these values, reckoned as CloudWatch does: `value` is
 * that of the only metric, and what is not given has no sample.
 */
export function isRaised(
  { measure, raised, missing }: Alarm,
  values: Readonly<Record<string, number>>,
): boolean {
  const [formula, names] =
    'formula' in measure ? [measure.formula, Object.keys(measure.from)] : ['value', ['value']];
  const unknown = Object.keys(values).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`the alarm has no metric ${unknown.join(', ')}`);
  const without = Object.fromEntries(names.map((name) => [name, Number.NaN]));
  const result: unknown = runInNewContext(formula, { ...functions, ...without, ...values });
  if (typeof result !== 'number') throw new Error(`${formula} is no number`);
  if (Number.isNaN(result)) return missing === 'raised';
  return 'above' in raised ? result > raised.above : result < raised.below;
}

const functions = {
  IF: (isSo: boolean, yes: number, no: number) => (isSo ? yes : no),
  FILL: (value: number, otherwise: number) => (Number.isNaN(value) ? otherwise : value),
  FLOOR: Math.floor,
};
