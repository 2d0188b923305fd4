import { attentionReasons } from '@cloudnestle/contracts/items/attention';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countFacts,
  endAttention,
  type FactForAttention,
  needsAttention,
  raiseAttention,
  readAttention,
  readResolution,
  type StoredRow,
} from './attention.ts';

const transactionId = 'txn_MP-u-1-aaaaaa';
const row: StoredRow = { transactionId, status: 'PENDING' };
const at = (minute: number) => new Date(Date.UTC(2025, 10, 23, 10, minute)).toISOString();
const shards = { shardCount: 1 };

const raise = (to: StoredRow, fact: FactForAttention): StoredRow => ({
  ...to,
  ...raiseAttention(to, fact, shards),
});
const dispute = (id: string, minute: number): FactForAttention => ({
  reason: 'DISPUTE',
  id,
  at: at(minute),
  detail: `dispute ${id}`,
});
const resolve = (of: StoredRow, minute: number): StoredRow => ({
  ...of,
  ...endAttention(of, 'DISPUTE', {
    ...shards,
    resolution: { at: at(minute), by: 'asha', why: 'answered' },
  }),
});

it('is nothing on an order that needs no operator', () => {
  expect(readAttention(row)).toEqual([]);
  expect(needsAttention(row, 'MISMATCH')).toBe(false);
});

it('stands in the index from the earliest fact on', () => {
  const two = raise(raise(row, dispute('d2', 5)), { reason: 'MISMATCH', id: 'm', at: at(3) });
  expect(two).toMatchObject({ attentionShard: 'ATTENTION#0', attentionSince: at(3) });
  expect(readAttention(two)).toEqual([
    { reason: 'MISMATCH', since: at(3) },
    { reason: 'DISPUTE', since: at(5), detail: 'dispute d2' },
  ]);
});

it('ends the same for any order and number of the same facts', () => {
  const anyFact = fc
    .tuple(fc.constantFrom(...attentionReasons), fc.integer({ min: 0, max: 20 }))
    .map(([reason, n]) => ({ reason, id: `f${n}`, at: at(n % 7), detail: `fact ${n}` }));
  fc.assert(
    fc.property(
      fc.array(anyFact, { minLength: 1 }),
      fc.infiniteStream(fc.nat()),
      (facts, picks) => {
        const again = facts.flatMap((fact, i) => (i % 2 ? [fact] : [fact, fact]));
        const shuffled = again
          .map((fact) => ({ fact, key: picks.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ fact }) => fact);
        const { attentionVersion: _a, ...expected } = facts.reduce(raise, row);
        const { attentionVersion: _b, ...actual } = shuffled.reduce(raise, row);
        expect(actual).toEqual(expected);
      },
    ),
  );
});

it('changes nothing by a fact that is known, so that nothing is written', () => {
  const raised = raise(row, dispute('d1', 1));
  expect(raiseAttention(raised, dispute('d1', 1), shards).attention).toBe(raised.attention);
});

it('stays bounded, and keeps the oldest fact and the newest', () => {
  const many = Array.from({ length: 100 }, (_, n) => n).map((n) => ({
    reason: 'DISPUTE' as const,
    id: `d${n}`,
    at: new Date(Date.UTC(2025, 10, 23) + n * 1000).toISOString(),
  }));
  const full = many.reduce(raise, row);
  expect(readAttention(full)).toMatchObject([{ since: many[0]?.at }]);
  expect(Buffer.byteLength(JSON.stringify(full.attention))).toBeLessThan(2000);
  expect(JSON.stringify(full.attention)).toContain('"d99"');
  const [dropped] = many.slice(40);
  if (dropped) expect(raiseAttention(full, dropped, shards).attention).toBe(full.attention);
});

it('takes an id for a new one that is also the name of something every object has', () => {
  expect(readAttention(raise(raise(row, dispute('d', 1)), dispute('constructor', 0)))).toEqual([
    { reason: 'DISPUTE', since: at(0), detail: 'dispute d; 1 earlier' },
  ]);
});

describe('an operator’s word', () => {
  const resolved = resolve(raise(row, dispute('d1', 1)), 10);

  it('ends the reason, takes the order out of the index and leaves a trace', () => {
    expect(readAttention(resolved)).toEqual([]);
    expect(resolved).toMatchObject({ attentionShard: undefined, attentionSince: undefined });
    expect(readResolution(resolved, 'DISPUTE')).toMatchObject({
      at: at(10),
      by: 'asha',
      why: 'answered',
    });
  });

  it('is not undone by the same fact, told again or late', () => {
    expect(readAttention(raise(resolved, dispute('d1', 1)))).toEqual([]);
    expect(readAttention(raise(resolved, dispute('d1', 20)))).toEqual([]);
  });

  it('does not keep a new fact away, not even one that is older than the word', () => {
    expect(readAttention(raise(resolved, dispute('d2', 2)))).toMatchObject([{ since: at(2) }]);
  });

  it('covers the facts of an earlier word, too', () => {
    const twice = resolve(raise(resolved, dispute('d2', 11)), 12);
    expect(readAttention(raise(raise(twice, dispute('d1', 1)), dispute('d2', 11)))).toEqual([]);
  });

  it('leaves other reasons alone', () => {
    const two = raise(raise(row, dispute('d1', 1)), { reason: 'MISMATCH', id: 'm', at: at(3) });
    expect(readAttention(resolve(two, 10))).toEqual([{ reason: 'MISMATCH', since: at(3) }]);
  });

  it('on a mismatch is about that very answer, whatever the clocks say', () => {
    const mismatch = (minute: number, id = 'm'): FactForAttention => ({
      reason: 'MISMATCH',
      id,
      at: at(minute),
      isRepeatable: true,
    });
    const found = raise(row, mismatch(1));
    const over = {
      ...found,
      ...endAttention(found, 'MISMATCH', {
        ...shards,
        resolution: { at: at(10), by: 'asha', why: 'the secret was wrong' },
      }),
    };
    expect(readAttention(raise(over, mismatch(9)))).toEqual([]);
    expect(readAttention(raise(over, mismatch(11)))).toEqual([]);
    expect(readAttention(raise(over, mismatch(9, 'other')))).toMatchObject([
      { reason: 'MISMATCH' },
    ]);
  });
});

describe('facts that no longer hold', () => {
  it('end the reason without a trace, and may come back', () => {
    const raised = raise(row, dispute('d1', 1));
    const ended = { ...raised, ...endAttention(raised, 'DISPUTE', shards) };
    expect(ended).toMatchObject({ attention: undefined, attentionResolved: undefined });
    expect(readAttention(raise(ended, dispute('d1', 1)))).toHaveLength(1);
  });

  it('leave the reason standing while another fact does', () => {
    const two = raise(raise(row, dispute('d1', 1)), dispute('d2', 2));
    const left = {
      ...two,
      ...endAttention(two, 'DISPUTE', { ...shards, only: ({ id }) => id === 'd1' }),
    };
    expect(readAttention(left)).toEqual([
      { reason: 'DISPUTE', since: at(2), detail: 'dispute d2' },
    ]);
  });
});

describe('a finding without an id', () => {
  const finding = (minute: number): FactForAttention => ({
    reason: 'NO_OUTCOME',
    at: at(minute),
    detail: 'no outcome after three days',
  });

  it('changes nothing where the reason stands already', () => {
    const found = raise(row, finding(1));
    expect(raise(found, finding(2))).toEqual(found);
  });

  it('is news after an operator’s word', () => {
    const found = raise(row, finding(1));
    const over = {
      ...found,
      ...endAttention(found, 'NO_OUTCOME', {
        ...shards,
        resolution: { at: at(5), by: 'asha', why: 'looked' },
      }),
    };
    expect(readAttention(raise(over, finding(6)))).toHaveLength(1);
  });
});

describe('a row of an earlier version', () => {
  const updatedAt = at(0);
  it.each([
    ["the gateway's answer does not fit this order: COMPLETED over 100 paisa", 'MISMATCH'],
    ['paid here, and the gateway says it failed', 'EFFECTS_MISSING'],
    ['paid, published again, and still without effect: user behind', 'EFFECTS_MISSING'],
    ['no outcome after three days: the gateway says PENDING', 'NO_OUTCOME'],
    ['the transaction row does not fit its contract: userId', 'NO_OUTCOME'],
    ['something else', 'NO_OUTCOME'],
  ])('that says “%s” needs an operator for %s', (needsReview, reason) => {
    expect(readAttention({ ...row, needsReview, updatedAt })).toEqual([
      { reason, since: updatedAt, detail: needsReview },
    ]);
  });

  it('keeps its review when another reason comes, and loses it to an operator’s word', () => {
    const old = { ...row, needsReview: 'something else', updatedAt };
    const both = raise(old, dispute('d1', 1));
    expect(both.needsReview).toBeUndefined();
    expect(readAttention(both).map(({ reason }) => reason)).toEqual(['NO_OUTCOME', 'DISPUTE']);
    const over = {
      ...old,
      ...endAttention(old, 'NO_OUTCOME', {
        ...shards,
        resolution: { at: at(5), by: 'asha', why: 'looked' },
      }),
    };
    expect(over).toMatchObject({ needsReview: undefined, attention: undefined });
  });

  it('whose review was cleared does not take an older mismatch up again', () => {
    const old = { ...row, reviewClearedAt: at(5) };
    expect(readAttention(raise(old, { reason: 'MISMATCH', id: 'm', at: at(5) }))).toEqual([]);
    expect(readAttention(raise(old, { reason: 'MISMATCH', id: 'm', at: at(6) }))).toHaveLength(1);
  });
});

it('counts what cannot be read, and keeps reasons that a later version wrote', () => {
  const odd = { ...row, attention: { DISPUTE: 'yes', OF_A_LATER_VERSION: { since: at(1) } } };
  expect(readAttention(odd)).toMatchObject([{ reason: 'DISPUTE' }]);
  const more = raise(odd, { reason: 'MISMATCH', id: 'm', at: at(3) });
  expect(Object.keys(Object(more.attention))).toEqual(
    expect.arrayContaining(['DISPUTE', 'OF_A_LATER_VERSION', 'MISMATCH']),
  );
});

describe('what cannot be read', () => {
  const since = at(2);
  const indexed = { ...row, attentionShard: 'ATTENTION#0', attentionSince: since };

  it('needs an operator all the same', () => {
    for (const attention of ['broken', 7, ['DISPUTE']]) {
      const read = readAttention({ ...indexed, attention });
      expect(read).toMatchObject([{ reason: 'NO_OUTCOME', since }]);
      expect(countFacts({ ...indexed, attention })).toEqual(['NO_OUTCOME']);
    }
  });

  it('because a later version wrote it is counted, and left as it was by every other write', () => {
    const future = { FUTURE: { since, who: 'risk desk' } };
    const foreign = { ...indexed, attention: future };
    expect(readAttention(foreign)).toEqual([
      { reason: 'NO_OUTCOME', since, detail: 'a later version says FUTURE' },
    ]);
    const raised = raise(foreign, dispute('d1', 3));
    expect(raised.attention).toMatchObject(future);
    expect(resolve(raised, 10).attention).toEqual(future);
  });

  it('counts every fact of a reason, so that a second dispute is told as well', () => {
    const two = raise(raise(row, dispute('d1', 1)), dispute('d2', 2));
    expect(countFacts(two)).toEqual(['DISPUTE', 'DISPUTE']);
  });
});
