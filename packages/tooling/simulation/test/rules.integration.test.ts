import { randomInt } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { keptSeeds } from '../src/kept-seeds.ts';
import { simulate } from './simulate.ts';

/** A net for a hang: the machine may be shared by many. */
vi.setConfig({ testTimeout: 1_800_000 });

/** Always the same, so that a change of the services is held to what the last one was. */
const FIXED_SEED = 20_261_127;

it('holds every rule over payments that are always the same', async () => {
  const { status, output } = await simulate('--seed', `${FIXED_SEED}`, '--payments', '600');
  expect(status, output).toBe(0);
});

it('holds every rule over payments that nobody has seen before', async () => {
  const seed = randomInt(0x7fffffff);
  process.stdout.write(`\nSimulated with the fresh seed ${seed}.\n`);
  const { status, output } = await simulate('--seed', `${seed}`, '--payments', '300');
  expect(status, output).toBe(0);
});

it.each(keptSeeds)('holds every rule where it once did not: $why', async (kept) => {
  const { seed, faults, buyers } = kept;
  const { status, output } = await simulate(
    ...['--seed', `${seed}`, '--payments', '1'],
    ...['--faults', faults, '--buyers', `${buyers}`, '--workers', '1'],
  );
  expect(status, output).toBe(0);
});
