import type { Measure } from '../metrics.ts';

/** Something an operator is told of, with the page that says what to do. */
export interface Alarm {
  /** Kebab case; a stage's alarm is called after it. */
  name: string;
  /** One sentence for whoever is woken by it. */
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

/** What has samples only where something happens: none is good news. Five minutes, where an alarm does not say otherwise. */
export const sparse = {
  periodSeconds: 300,
  periods: 1,
  missing: 'fine',
} as const satisfies Partial<Alarm>;

/** Raised where there is one at all within five minutes. */
export const atAll = { ...sparse, raised: { above: 0 } } as const satisfies Partial<Alarm>;
