import { expect, it } from 'vitest';
import { runPayments } from './testing/run-payments.ts';

const nowhere = { awsEndpoint: 'http://127.0.0.1:1' };
const payments = (...args: string[]) => runPayments(nowhere, [...args, '--help']);

const { stdout: help } = await payments();
const commands = [...help.matchAll(/^ {2}([a-z]+)\b/gm)].flatMap(([, name]) => name ?? []);

it('lists every command with what it does', () => {
  expect(commands).toEqual(
    expect.arrayContaining(['dev', 'payment', 'reconcile', 'dlq', 'doctor']),
  );
});

it.each(commands.filter((name) => name !== 'help'))(
  'describes %s by itself, however it is asked',
  async (name) => {
    const { exitCode, stdout } = await payments(name);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`^Usage: ./payments ${name} .*\\n\\n\\w[^]+\\n\\n(Arguments|Options):`),
    );
    expect((await payments('help', name)).stdout).toBe(stdout);
  },
);

it('describes what a command has below it', async () => {
  const { stdout } = await payments('dlq');
  for (const name of ['list', 'triage', 'show', 'replay', 'discard']) {
    expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
    expect((await payments('dlq', 'help', name)).stdout).toContain(
      `Usage: ./payments dlq ${name} `,
    );
  }
});
