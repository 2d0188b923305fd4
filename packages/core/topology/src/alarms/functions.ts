import { functions } from '../functions.ts';
import { counted } from '../metrics.ts';
import { routes } from '../routes.ts';
import { toKebab } from '../stage-names.ts';
import type { FunctionName } from '../types.ts';
import { type Alarm, atAll, sparse } from './alarm.ts';

/** Calls that queue or clock would repeat, and that did not start, within five minutes. */
const THROTTLES_THAT_PASS = 9;

/** What goes wrong with the functions themselves, and with the sweep as a whole. */
export const functionAlarms: readonly Alarm[] = [
  {
    name: 'sweep-not-running',
    meaning: 'No sweep has ended for 5 minutes; payments whose webhook is lost wait.',
    runbook: 'sweep-not-running',
    measure: counted('reconciliation', 'SweepFinished'),
    raised: { below: 1 },
    // By the minute: of longer periods CloudWatch lets several pass before it believes that nothing comes.
    periodSeconds: 60,
    periods: 5,
    missing: 'raised',
  },
  {
    ...sparse,
    name: 'sweep-failing',
    meaning:
      'Orders could not be looked at for 15 minutes, because the gateway or AWS does not answer.',
    runbook: 'sweep-not-running',
    measure: counted('reconciliation', 'SweepErrors'),
    raised: { above: 0 },
    periods: 3,
  },
  ...functions.flatMap(({ name }): Alarm[] => [
    {
      ...atAll,
      name: `function-errors-${toKebab(name)}`,
      meaning: `The function ${name} crashed or ran out of time or memory.`,
      runbook: 'functions-failing',
      measure: { of: 'function', function: name, name: 'Errors', statistic: 'Sum' },
    },
    {
      ...atAll,
      name: `function-throttled-${toKebab(name)}`,
      meaning: `AWS let the function ${name} not start: too many run at once.`,
      runbook: 'functions-failing',
      measure: { of: 'function', function: name, name: 'Throttles', statistic: 'Sum' },
      raised: { above: isAnswering(name) ? 0 : THROTTLES_THAT_PASS },
    },
  ]),
];

/** Somebody waits for its answer, and gets an error where it does not start. */
function isAnswering(name: FunctionName): boolean {
  return routes.some((route) => route.function === name);
}
