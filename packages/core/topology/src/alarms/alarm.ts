import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import type { Measure, Metric } from '../metrics.ts';

/** Something an operator is told of, with the page that says what to do. */
export interface Alarm {
  /** Kebab case; a stage's alarm is called after it. */
  name: string;
  /** One sentence for the operator who is woken by it. */
  meaning: string;
  /** The page in `docs/runbooks`, without its ending. */
  runbook: string;
  measure: Measure;
  /** Where the measure must be, for `periods` periods in a row. */
  raised: { above: number } | { below: number };
  periodSeconds: number;
  periods: number;
  /** What a period without any sample means. */
  missing: 'fine' | 'raised';
  /** `untold`: only its beginning is told; left out, its end as well. */
  end?: 'untold';
}

/**
 * What has samples only where something happens: none is good news. Five minutes, where an alarm does not say
 * otherwise.
 */
export const missingIsFine = {
  periodSeconds: 300,
  periods: 1,
  missing: 'fine',
} as const satisfies Partial<Alarm>;

/** Raised where there is one at all within five minutes. */
export const raisedByAny = {
  ...missingIsFine,
  raised: { above: 0 },
} as const satisfies Partial<Alarm>;

/** A number that stays up until an operator has done something: dead letters in a queue, orders that need an operator. */
interface StandingNumber {
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
 * Two alarms on one number. The first stands as long as there are any, so it tells of the first alone. The second is
 * raised for a period whenever there are more than in the period before, so it tells of the next one as well, while
 * older ones still stand. What comes within five minutes is told of together.
 *
 * FILL with 0: no sample is none. After a gap in the samples, as when the sweep stood still, what stands is told of
 * once more. A period is five minutes also because CloudWatch gets the last minute's samples late, which FILL would
 * take for none.
 */
export function standingAlarms(number: StandingNumber): Alarm[] {
  const { name, meaning, growth, runbook, measure } = number;
  return [
    { ...raisedByAny, name, meaning, runbook, measure },
    {
      ...raisedByAny,
      name: `${name}-more`,
      meaning: growth,
      runbook,
      measure: { formula: 'DIFF(FILL(standing, 0))', from: { standing: measure } },
      // A mail five minutes later, that all is well, would not be true of those that still stand.
      end: 'untold',
    },
  ];
}

/**
 * The page in `docs/runbooks` for orders that need an operator for a reason, without its ending; their alarms are
 * called so.
 */
export function attentionRunbook(reason: AttentionReason): string {
  return `attention-${reason.toLowerCase().replaceAll('_', '-')}`;
}
