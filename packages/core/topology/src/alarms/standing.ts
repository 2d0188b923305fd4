import type { Metric } from '../metrics.ts';
import { type Alarm, atAll } from './alarm.ts';

/** A number that stays up until a person has done something: dead letters in a queue, orders that need a person. */
export interface StandingNumber {
  /** Kebab case. */
  name: string;
  /** That there are some, in one sentence. */
  meaning: string;
  /** That there are more than five minutes before, in one sentence. */
  growth: string;
  runbook: string;
  /** Its most within a period. */
  measure: Metric & { statistic: 'Maximum' };
}

/**
 * Two alarms on one number. The first stands as long as there are any, so it tells of the first alone. The second is raised
 * for a period whenever there are more than in the period before, so it tells of the next one as well, while older ones
 * still stand. What comes within five minutes is told of together.
 *
 * FILL with 0: no sample is none. After a gap in the samples, as when the sweep stood still, what stands is told of once
 * more. A period is five minutes also because CloudWatch gets the last minute's samples late, which FILL would take for none.
 */
export function standingAlarms(number: StandingNumber): Alarm[] {
  const { name, meaning, growth, runbook, measure } = number;
  return [
    { ...atAll, name, meaning, runbook, measure },
    {
      ...atAll,
      name: `${name}-more`,
      meaning: growth,
      runbook,
      measure: { formula: 'DIFF(FILL(standing, 0))', from: { standing: measure } },
      // A mail five minutes later, that all is well, would not be true of those that still stand.
      end: 'untold',
    },
  ];
}
