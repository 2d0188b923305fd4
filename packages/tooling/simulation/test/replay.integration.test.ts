import { expect, it, vi } from 'vitest';
import { simulate } from './simulate.ts';

/** A net for a hang: the machine may be shared by many. */
vi.setConfig({ testTimeout: 1_800_000 });

it('does the same, step by step and byte for byte, for the same seed, whatever the process did before', async () => {
  const everyStep = ['--faults', 'heavy', '--buyers', '4', '--trace', '20'];
  const [first, afterAnother] = await Promise.all([
    simulate('--seed', '7', ...everyStep),
    simulate('--seed', '8', '--seed', '7', ...everyStep),
  ]);
  expect(first.output.split('\n').length).toBeGreaterThan(200);
  expect(afterAnother.output.endsWith(first.output)).toBe(true);
  const other = afterAnother.output.slice(0, -first.output.length);
  expect(other.length).toBeGreaterThan(1_000);
  expect(other).not.toBe(first.output);
});

it('holds every rule where nothing fails, and meets no fault', async () => {
  const { status, output } = await simulate(
    ...['--seed', '7', '--payments', '1', '--workers', '1'],
    ...['--faults', 'none', '--buyers', '8'],
  );
  expect(status, output).toBe(0);
  expect(output).toMatch(/upgrade +\d+ +opened/);
  expect(output).not.toMatch(/lostAnswer/);
});

it('says how it is used, for what it does not understand', async () => {
  const { status, output } = await simulate('--faults', 'some');
  expect(status).toBe(2);
  expect(output).toContain('--faults LEVEL');
});
