import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attentionGauges } from '@cloudnestle/contracts/metric-names';
import { describe, expect, it } from 'vitest';
import { isRaised } from './alarms/testing/is-raised.ts';
import { alarms, describeAlarm } from './alarms.ts';
import { deliveryDeadLetterQueue } from './bus.ts';
import { functions } from './functions.ts';
import { jobQueue } from './job-queue.ts';
import { metricsOf } from './metrics.ts';
import { subscriptions } from './subscriptions.ts';

const runbooks = join(import.meta.dirname, '../../../../docs/runbooks');
const index = readFileSync(join(runbooks, 'README.md'), 'utf8');

describe.each(alarms.map((alarm) => [alarm.name, alarm] as const))('%s', (_name, alarm) => {
  it('leads to a page that there is, and that the index has', () => {
    expect(readdirSync(runbooks)).toContain(`${alarm.runbook}.md`);
    expect(index).toContain(`](${alarm.runbook}.md)`);
    expect(describeAlarm(alarm)).toMatch(/^[A-Z`a-z].+\. What to do: docs\/runbooks\/[a-z-]+\.md$/);
  });

  it('is raised by nothing happening only where something must happen', () => {
    const isWhatMustHappen = /^(refund-)?sweep-not-running$/.test(alarm.name);
    expect(isRaised(alarm, {})).toBe(isWhatMustHappen);
    expect('below' in alarm.raised).toBe(isWhatMustHappen);
  });

  it('is one that CloudWatch takes', () => {
    expect(alarm.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(describeAlarm(alarm).length).toBeLessThan(1024);
    expect(alarm.periodSeconds % 60).toBe(0);
    expect(alarm.periodSeconds * alarm.periods).toBeLessThanOrEqual(86_400);
    expect(metricsOf(alarm.measure).length).toBeLessThanOrEqual(10);
    if (!('formula' in alarm.measure)) return;
    const used = alarm.measure.formula.match(/\b[a-z]\w*\b/g);
    expect(new Set(used)).toEqual(new Set(Object.keys(alarm.measure.from)));
  });
});

it('has one alarm of each name', () => {
  expect(new Set(alarms.map(({ name }) => name)).size).toBe(alarms.length);
});

/** The names of what alarms watch of one kind by one metric. */
function watched(metricName: string) {
  return alarms
    .flatMap(({ measure }) => metricsOf(measure))
    .filter(({ name }) => name === metricName)
    .map((metric) => {
      if ('rule' in metric) return metric.rule;
      return 'queue' in metric ? metric.queue : 'function' in metric && metric.function;
    })
    .toSorted();
}

it('watches every dead-letter queue, every queue, every rule and every function', () => {
  const works = [...subscriptions, jobQueue];
  const dead = [...works.map((each) => each.deadLetterQueue), deliveryDeadLetterQueue];
  const names = functions.map(({ name }) => name).toSorted();
  // By two alarms each: that there are letters, and that there are more.
  expect(watched('ApproximateNumberOfMessagesVisible')).toEqual([...dead, ...dead].toSorted());
  expect(watched('ApproximateAgeOfOldestMessage')).toEqual(
    works.map(({ queue }) => queue).toSorted(),
  );
  expect(watched('InvocationsFailedToBeSentToDlq')).toEqual(
    subscriptions.map(({ queue }) => queue).toSorted(),
  );
  expect(watched('Errors')).toEqual(names);
  expect(watched('Throttles')).toEqual(names);
});

it('tells of orders that need an operator for every reason, the first and the next', () => {
  for (const [reason, gauge] of Object.entries(attentionGauges)) {
    const names = alarms
      .filter(({ measure }) => metricsOf(measure).some(({ name }) => name === gauge))
      .map(({ name }) => name);
    const name = `attention-${reason.toLowerCase().replaceAll('_', '-')}`;
    expect(names).toEqual([name, `${name}-more`]);
  }
});

describe.each<[string, [boolean, Record<string, number>][]]>([
  [
    'payment-failures',
    [
      [false, { failed: 1, ended: 20 }],
      [true, { failed: 2, ended: 20 }],
      [false, { failed: 19, ended: 19 }],
      [false, { failed: 50, ended: 1000 }],
      [true, { failed: 51, ended: 1000 }],
    ],
  ],
  [
    'webhook-errors',
    [
      [false, { failed: 2, ended: 2 }],
      [true, { failed: 3, ended: 3 }],
      [false, { failed: 3, ended: 60 }],
    ],
  ],
  [
    'webhook-authentication',
    [
      [false, { value: 19 }],
      [true, { value: 20 }],
    ],
  ],
  [
    'webhooks-all-refused',
    [
      [false, { refused: 2, ended: 2 }],
      [true, { refused: 3, ended: 3 }],
      [false, { refused: 99, ended: 100 }],
      [false, { ended: 100 }],
    ],
  ],
  [
    'tier-updates-failing',
    [
      [true, { givenUp: 1 }],
      [true, { notEvenKept: 1 }],
      [false, { givenUp: 0, failedTries: 2 }],
      [true, { givenUp: 0, failedTries: 3 }],
    ],
  ],
  [
    'attention-dispute',
    [
      [false, { value: 0 }],
      [true, { value: 1 }],
    ],
  ],
  [
    'dead-letters-delivery',
    [
      [false, { value: 0 }],
      [true, { value: 1 }],
    ],
  ],
  [
    'events-lost',
    [
      [false, {}],
      [true, { tiers: 1 }],
      [true, { reconciliation: 1, tiers: 0 }],
    ],
  ],
  [
    'sweep-not-running',
    [
      [false, { value: 1 }],
      [true, { value: 0 }],
    ],
  ],
  [
    'refund-sweep-not-running',
    [
      [false, { value: 1 }],
      [true, { value: 0 }],
    ],
  ],
  [
    'refunds-standing-still',
    [
      [false, { value: 0 }],
      [true, { value: 1 }],
    ],
  ],
  [
    'money-owed',
    [
      [false, { value: 0 }],
      [true, { value: 1 }],
    ],
  ],
  [
    'refunds-of-a-day',
    [
      [false, { value: 50_000 }],
      [true, { value: 50_001 }],
    ],
  ],
  [
    'mails-bouncing',
    [
      [false, { sent: 100 }],
      [false, { sent: 19, bounced: 19 }],
      [true, { sent: 20, bounced: 2 }],
    ],
  ],
])('%s', (name, cases) => {
  it.each(cases)('%s for %o', (expected, values) => {
    const alarm = alarms.find((each) => each.name === name);
    expect(alarm && isRaised(alarm, values)).toBe(expected);
  });
});

describe('a number that stays up until an operator has done something', () => {
  const growing = alarms.filter(({ name }) => name.endsWith('-more'));
  const [some, more] = ['dead-letters-tiers', 'dead-letters-tiers-more'].map((wanted) => {
    const alarm = alarms.find(({ name }) => name === wanted);
    if (!alarm) throw new Error(`no alarm ${wanted}`);
    return alarm;
  });
  /** The number five minutes apart; undefined: no sample. */
  const course = (alarm: typeof some, ...numbers: (number | undefined)[]) => {
    const name = alarm && 'formula' in alarm.measure ? 'standing' : 'value';
    const periods = numbers.map((each) => (each === undefined ? {} : { [name]: each }));
    return alarm && isRaised(alarm, ...periods);
  };

  it.each([
    ['the first', [0, 1], { stands: true, isTold: true }],
    [
      'the first in a queue that was idle for hours',
      [undefined, 1],
      { stands: true, isTold: true },
    ],
    ['it still lies there', [1, 1], { stands: true, isTold: false }],
    ['the next, while the first still lies there', [1, 1, 2], { stands: true, isTold: true }],
    ['one of them was replayed', [2, 1], { stands: true, isTold: false }],
    ['it failed again', [2, 1, 2], { stands: true, isTold: true }],
    ['none any more', [2, 0], { stands: false, isTold: false }],
    ['no samples any more', [2, undefined], { stands: false, isTold: false }],
    ['after a gap in the samples', [2, undefined, 2], { stands: true, isTold: true }],
  ])('%s: %o', (_what, numbers, { stands, isTold }) => {
    expect(course(some, ...numbers)).toBe(stands);
    expect(course(more, ...numbers)).toBe(isTold);
  });

  it('tells of the end of it where none stands any more, not where none came for five minutes', () => {
    expect(growing.length).toBeGreaterThan(0);
    expect(alarms.filter(({ end }) => end === 'untold')).toEqual(growing);
  });
});
