import { AsyncLocalStorage } from 'node:async_hooks';

type MetricUnit = 'Count' | 'Milliseconds';

/** One sample of a metric, and where it belongs. */
export interface Sample {
  namespace: string;
  service: string;
  name: string;
  unit: MetricUnit;
  value: number;
}

interface UnitOfWork {
  samples: Sample[];
  isOver: boolean;
}

const underWay = new AsyncLocalStorage<UnitOfWork>();

/**
 * Runs one unit of work: a call, a record, a run on the clock. What it counts is kept for its summary line (rule 10), also where
 * others run beside it.
 */
export function runUnit<Result>(work: () => Promise<Result>): Promise<Result> {
  return underWay.run({ samples: [], isOver: false }, work);
}

/** Keeps a sample for the summary line of the unit that counts it. False: none is under way, or its line is written. */
export function keepSample(sample: Sample): boolean {
  const unit = underWay.getStore();
  if (!unit || unit.isOver) return false;
  unit.samples.push(sample);
  return true;
}

/** What the unit has counted, as members of its summary line; called once, when it is written. */
export function endUnit(): Record<string, unknown> {
  const unit = underWay.getStore();
  if (!unit || unit.isOver) return {};
  unit.isOver = true;
  return toMembers(unit.samples);
}

/**
 * Samples of one service as members of a JSON line from which CloudWatch makes metrics (Embedded Metric Format); other members
 * may stand beside them. A metric with several samples is a list.
 */
export function toMembers(samples: readonly Sample[]): Record<string, unknown> {
  const [first] = samples;
  if (!first) return {};
  const byName = Map.groupBy(samples, ({ name }) => name);
  const definitions = [...byName].map(([name, [sample]]) => ({ Name: name, Unit: sample?.unit }));
  const values = [...byName].map(([name, own]) => {
    const numbers = own.map(({ value }) => value);
    return [name, numbers.length === 1 ? numbers[0] : numbers];
  });
  return {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        { Namespace: first.namespace, Dimensions: [['service']], Metrics: definitions },
      ],
    },
    service: first.service,
    ...Object.fromEntries(values),
  };
}

/** One line on standard output, in one write. */
export function writeLine(members: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(members)}\n`);
}
