import type { TimelineEntry, WalkEvent } from '@cloudnestle/contracts/admin/payment';
import type { OperatorRefund } from '@cloudnestle/contracts/admin/refunds';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTimeline, listLanes } from './build-timeline.ts';
import { describeEffect, isMoving, sayWhereItStopped } from './build-walk.ts';
import { nameRefund } from './name-refund.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 28, 8) + minute * 60_000).toISOString();
const entry = (minute: number, weight: 'high' | 'low', lane = 'tiers'): TimelineEntry => ({
  ...{ at: at(minute), lane, what: `at ${minute}`, weight },
});

describe('a timeline', () => {
  it('is told from its newest, with quiet times as one line and small things folded', () => {
    const entries = [
      ...[entry(62, 'high'), entry(61, 'low'), entry(61, 'low'), entry(60, 'low')],
      entry(20, 'high', 'gateway'),
    ];
    const kinds = (isUnfolded: boolean) =>
      buildTimeline(entries, { isUnfolded }).map((item) =>
        item.kind === 'gap' ? item.words : item.kind,
      );
    expect(kinds(false)).toEqual(['entry', 'folded', '40 min without events', 'entry']);
    expect(kinds(true)).toEqual([
      ...['entry', 'entry', 'entry', 'entry', '40 min without events', 'entry'],
    ]);
    expect(listLanes([entry(1, 'low', 'operator'), ...entries])).toEqual([
      ...['gateway', 'tiers', 'operator'],
    ]);
  });

  it('loses no entry, whatever happened', () => {
    const entries = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.constantFrom('high', 'low')))
      .map((all) =>
        all
          .toSorted(([one], [other]) => other - one)
          .map(([minute, weight]) => entry(minute, weight)),
      );
    fc.assert(
      fc.property(entries, fc.boolean(), (all, isUnfolded) => {
        const items = buildTimeline(all, { isUnfolded });
        const shown = items.flatMap((item) => {
          if (item.kind === 'gap') return [];
          return item.kind === 'entry' ? [item.entry] : item.entries;
        });
        expect(shown).toEqual(all);
        expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
      }),
    );
  });
});

describe('a walk', () => {
  const tiers: WalkEvent['subscribers'][number] = {
    subscriber: 'tiers',
    state: 'missing',
    live: { waiting: 0, inFlight: 0 },
    dead: { waiting: 3, inFlight: 0 },
    effects: [{ effect: 'grant', words: 'the grant', table: 'users', state: 'missing' }],
  };
  const event: WalkEvent = {
    detailType: 'PaymentCompleted',
    state: 'stopped',
    subscribers: [tiers],
    missing: [{ subscriber: 'tiers', effect: 'grant', words: 'the grant' }],
  };

  it('says what is missing, whose it is, and what lies in its queue', () => {
    expect(sayWhereItStopped(event)).toBe(
      'Missing: the grant (tiers, 3 dead letters in its queue).',
    );
    expect(sayWhereItStopped({ ...event, missing: [] })).toBeUndefined();
    expect(sayWhereItStopped({ ...event, state: 'notPublished', missing: [] })).toContain(
      'never reached the bus',
    );
  });

  it('calls nothing missing that may still come', () => {
    const [effect] = tiers.effects;
    if (!effect) throw new Error('there is no effect');
    expect(describeEffect(effect, tiers).tone).toBe('bad');
    expect(describeEffect(effect, { ...tiers, state: 'onTheWay' })).toEqual({
      ...{ tone: 'wait', word: 'not there yet' },
    });
    expect(isMoving([event])).toBe(false);
    expect(isMoving([event, { ...event, state: 'onTheWay' }])).toBe(true);
  });
});

it('a refund that is asked for from two tabs, or again after a lost answer, is one refund', () => {
  const refund = (refundId: string): OperatorRefund => ({
    ...{ refundId, transactionId: 'txn_1', state: 'RESERVED', origin: 'OPERATOR' },
    ...{ reason: 'OTHER', requestedBy: 'anna', createdAt: at(0), updatedAt: at(0) },
  });
  const keyOf = (...ids: string[]) => nameRefund({ refunds: ids.map(refund) });
  expect(keyOf('MR-1')).toBe(keyOf('MR-1'));
  expect(new Set([keyOf(), keyOf('MR-1'), keyOf('MR-1', 'MR-2')]).size).toBe(3);
  expect(keyOf(`MR.${'9'.repeat(200)}`)).toMatch(/^[\w-]{8,128}$/);
  // What was paid back is not known: no key, and no refund.
  expect(nameRefund({ refunds: { unread: 'the table is busy' } })).toBeUndefined();
});
