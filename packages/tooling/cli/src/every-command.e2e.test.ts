import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { istDay } from '@cloudnestle/payments/ist';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, commandNames } from './program.ts';
import { type PoisonedStage, poison, startPoisonedStage } from './testing/poisoned-stage.ts';
import { type Finished, runPayments } from './testing/run-payments.ts';

let stage: PoisonedStage;
let folder: string;

beforeAll(async () => {
  stage = await startPoisonedStage();
  folder = await mkdtemp(join(tmpdir(), 'every-command-'));
});
afterAll(async () => {
  await stage?.stop();
  await rm(folder, { recursive: true });
});

const today = istDay(new Date());

/**
 * Every command of the program, with the calls that make it show what others have written. A new command has to be put
 * here; `own` is one that shows nothing but what it has made itself.
 */
const calls: Readonly<Record<string, 'own' | (() => string[][])>> = {
  dev: 'own',
  demo: 'own',
  payment: () => [
    [stage.orders.paid],
    [stage.orders.paid, '--json'],
    [stage.orders.paid, '--reveal'],
    [stage.orders.paid, '--reveal', '--json'],
    [stage.orders.paid, '--repair'],
    [stage.orders.paid, '--resend-mail', '--yes'],
    [stage.orders.unreadable],
  ],
  'attention list': () => [[], ['--json'], ['--reason', 'DISPUTE']],
  'attention resolve': () => [
    [stage.orders.paid, '--reason', 'MISMATCH', '--why', poison],
    [stage.orders.paid, '--reason', 'MISMATCH', '--why', 'looked'],
    [stage.orders.paid, '--reason', 'MISMATCH', '--why', 'looked', '--json'],
  ],
  'access end': () => [
    [stage.orders.paid, '--reason', poison],
    [stage.orders.paid, '--reason', 'asked for it', '--yes'],
    [stage.orders.paid, '--reason', 'asked for it', '--yes', '--json'],
    [stage.orders.unreadable, '--reason', 'asked for it', '--yes'],
  ],
  'access restore': () => [
    [stage.orders.paid, '--reason', poison],
    [stage.orders.paid, '--reason', 'a mistake', '--yes'],
    [stage.orders.paid, '--reason', 'a mistake', '--yes', '--json'],
  ],
  'refund pay': () => [
    [stage.orders.paid, '--reason', 'OTHER', '--note', poison],
    [stage.orders.paid, '--reason', 'OTHER', '--yes'],
    [stage.orders.paid, '--reason', 'OTHER', '--yes', '--json'],
    ['--owed', '--dry-run'],
    ['--owed', '--dry-run', '--json'],
    ['--owed', '--yes'],
  ],
  'refund status': () => [[stage.orders.paid], [stage.orders.paid, '--json'], [poison]],
  reconcile: () => [
    [],
    ['--json'],
    ['--report', 'csv'],
    [stage.orders.paid],
    [stage.orders.paid, '--json'],
    [stage.orders.paid, '--report', 'csv'],
    [stage.orders.unreadable],
    ['--from', today],
    ['--from', today, '--report', 'csv', '--reveal'],
    ['--from', today, '--json', '--reveal', '--repair'],
  ],
  'dlq list': () => [[], ['--json']],
  'dlq triage': () => [[], ['--json'], ['tiers']],
  'dlq show': () =>
    stage.queues.flatMap((queue) => [
      [queue],
      [queue, '--json'],
      [queue, '--reveal'],
      [queue, '--reveal', '--json'],
    ]),
  'dlq replay': () => [
    ['tiers', '--dry-run'],
    ['tiers', '--dry-run', '--json'],
    ['tiers', '--yes', '--watch', '0'],
    ['delivery', '--yes', '--json', '--force', '--watch', '0'],
  ],
  'dlq discard': () => [
    ['tiers', '--dry-run'],
    ['tiers', '--yes', '--max', '1'],
    ['delivery', '--yes', '--json'],
  ],
  'dlq restore': () => [
    ['tiers', '--dry-run'],
    ['tiers', '--dry-run', '--json'],
    ['tiers', '--id', poison],
    ['tiers', '--yes'],
    ['delivery', '--yes', '--json'],
  ],
  'dlq recover': () => [
    ['tiers', '--dry-run'],
    ['tiers', '--yes'],
    ['tiers', '--json'],
  ],
  invoice: () => [
    [stage.orders.paid],
    [stage.orders.paid, '--json'],
    [stage.orders.paid, '--reveal'],
  ],
  invoices: () => [
    ['--from', today, '--to', today],
    ['--from', today, '--to', today, '--check'],
    ['--from', today, '--to', today, '--report', 'csv'],
    ['--from', today, '--to', today, '--report', 'json', '--check'],
  ],
  doctor: () => [[], ['--json']],
  'simulate webhook': () => [
    ['checkout.order.completed', '--order', stage.orders.paid],
    ['checkout.order.completed', '--order', stage.orders.paid, '--times', '3'],
    ['checkout.order.completed', '--order', stage.orders.paid, '--json'],
    ['checkout.order.completed', '--order', stage.orders.paid, '--print'],
  ],
  'simulate burst': () => [['1'], ['1', '--json']],
  'simulate month': 'own',
  token: () => [[], ['--admin']],
  backfill: () => [['--dry-run'], ['--dry-run', '--json'], ['--yes']],
};

const commands = listCommands(await buildProgram(commandNames));

it('knows what to try of every command that there is', () => {
  expect(commands.map(({ name }) => name).toSorted()).toEqual(Object.keys(calls).toSorted());
});

describe.each(commands)('payments $name', ({ name, command }) => {
  const run = (...args: readonly string[]) =>
    runPayments(stage.run, [...name.split(' '), ...args], { cwd: folder, pace: { effectsMs: 0 } });

  it('shows what steers a terminal and does not do it, whatever is stored and answered', async () => {
    const wanted = calls[name];
    if (wanted === 'own' || wanted === undefined) return;
    const shown: string[] = [];
    for (const args of wanted()) {
      await stage.putLetters();
      shown.push(expectHarmless(await run(...args), args));
    }
    // Else this would say nothing.
    expect(shown.join('\n')).toContain('FORGED');
  });

  it('repeats nothing that is typed or pasted as it is', async () => {
    const needed = command.registeredArguments.map(() => poison);
    const options = command.options.filter(({ required }) => required);
    expectHarmless(await run(...needed, poison), ['another argument']);
    expectHarmless(await run(...needed, `--${poison}`), ['an unknown option']);
    expectHarmless(await run('--help'), ['--help']);
    for (const { long } of options) {
      if (long) expectHarmless(await run(...needed, long, poison), [long]);
    }
  });
});

function listCommands(command: Command, path: readonly string[] = []) {
  const found: { name: string; command: Command }[] = [];
  for (const each of command.commands) {
    const name = [...path, each.name()];
    if (each.commands.length > 0) found.push(...listCommands(each, name));
    else found.push({ name: name.join(' '), command: each });
  }
  return found;
}

/** Neither stream has anything that a terminal obeys, nor a line that another writer began. */
function expectHarmless({ stdout, stderr }: Finished, args: readonly string[]): string {
  for (const text of [stdout, stderr]) {
    expect(text.replaceAll('\n', ''), args.join(' ')).not.toMatch(
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u,
    );
    expect(text, args.join(' ')).not.toMatch(/^\s*"?FORGED/m);
  }
  return stdout + stderr;
}
