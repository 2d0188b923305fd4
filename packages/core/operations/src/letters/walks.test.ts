import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Walks, withWalk } from './walks.ts';

const holder = { holder: 'job-1', by: 'anna' };

/** Walks whose renewals and releases do as they are told. */
function createFakeWalks({
  renew,
  release,
}: {
  renew(): Promise<void>;
  release?(): Promise<void>;
}) {
  const calls: string[] = [];
  const walks: Walks = {
    take: async () => {
      const isRenewal = calls.length > 0;
      calls.push(isRenewal ? 'renews' : 'takes');
      if (isRenewal) await renew();
      if (isRenewal) calls.push('renewed');
      return { kind: 'taken' };
    },
    release: async () => {
      calls.push('releases');
      await release?.();
    },
    look: async () => undefined,
  };
  return { walks, calls };
}

const pace = { leaseMs: 60, renewEveryMs: 10 };

it('a walk that is over leaves its queue free, also where a renewal was on its way', async () => {
  const answer = Promise.withResolvers<void>();
  const { walks, calls } = createFakeWalks({ renew: () => answer.promise });
  const walking = withWalk(
    ...([walks, 'tiers', holder] as const),
    async () => {
      await expect.poll(() => calls).toContain('renews');
      // The renewal is answered once the walk is over.
      void nextTurn().then(answer.resolve);
      return 7;
    },
    pace,
  );
  expect(await walking).toEqual({ kind: 'walked', result: 7 });
  await answer.promise;
  await nextTurn();
  expect(calls.at(-1)).toBe('releases');
});

it('a walk whose lease cannot be renewed stops before another begins', async () => {
  const { walks } = createFakeWalks({ renew: () => Promise.reject(new Error('no answer')) });
  const walked = await withWalk(
    ...([walks, 'tiers', holder] as const),
    async (signal) => {
      if (!signal.aborted) await once(signal, 'abort');
      return signal.aborted;
    },
    pace,
  );
  expect(walked).toEqual({ kind: 'walked', result: true });
});

it('what a walk has done is told, also where its queue cannot be given up', async () => {
  const { walks } = createFakeWalks({
    renew: () => Promise.resolve(),
    release: () => Promise.reject(new Error('no answer')),
  });
  expect(await withWalk(walks, 'tiers', holder, async () => 7)).toMatchObject({ result: 7 });
});
