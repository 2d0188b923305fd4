import { setTimeout as delay } from 'node:timers/promises';
import { paymentStatusResponseSchema } from '@cloudnestle/contracts/http/payment-status';
import { upgradeResponseSchema } from '@cloudnestle/contracts/http/upgrade';
import { demoUsers } from '@cloudnestle/dev/demo-users';
import { stdoutColors } from '@cloudnestle/dev/log/colors';
import type { LocalRun } from '@cloudnestle/dev/start';

const colors = stdoutColors();

export type Tell = (line: string) => void;

export interface Click {
  userId: string;
  merchantOrderId: string;
  transactionId: string;
  startedAt: Date;
}

export function tellHeading(tell: Tell, text: string): void {
  tell('');
  tell(colors.bold(text));
}

/** A demo user clicks Upgrade. */
export async function clickUpgrade(
  run: LocalRun,
  userId: string,
  wish: { tier: string; planId?: string } = { tier: 'pro' },
): Promise<Click> {
  const user = demoUsers.find((each) => each.userId === userId);
  if (!user) throw new Error(`no demo user is called ${userId}`);
  const startedAt = new Date();
  const answer = await fetch(`${run.url}/payments/upgrade-to-pro`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, userEmail: user.email, ...wish }),
  });
  const { merchantOrderId, transactionId } = upgradeResponseSchema.parse(await answer.json());
  return { userId, merchantOrderId, transactionId, startedAt };
}

/** The buyer pays on the sandbox's page. */
export function pay(run: LocalRun, click: Click, webhook: 'send' | 'lose'): void {
  const ended = run.sandbox.finish(click.merchantOrderId, {
    outcome: 'COMPLETED',
    mode: 'UPI',
    webhook,
  });
  if (ended.kind !== 'finished') throw new Error(`the sandbox said ${ended.kind}`);
}

/** The buyer's browser is back from the gateway's page. */
export async function announceReturn(run: LocalRun, { transactionId }: Click): Promise<void> {
  const answer = await fetch(`${run.url}/payments/callback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ transactionId }),
  });
  if (!answer.ok) throw new Error(`the return was answered with ${answer.status}`);
}

export async function readStatus(run: LocalRun, click: Click) {
  const answer = await fetch(`${run.url}/payments/status/${click.transactionId}`);
  return paymentStatusResponseSchema.parse(await answer.json());
}

/** Asks the status as the return page does until access is granted; an error after half a minute. */
export async function waitForAccess(run: LocalRun, click: Click): Promise<void> {
  const giveUpAt = Date.now() + 30_000;
  while (Date.now() < giveUpAt) {
    const { status, access } = await readStatus(run, click);
    if (status === 'COMPLETED' && access === 'GRANTED') return;
    await delay(50);
  }
  throw new Error(`${click.transactionId} was not granted within 30 s`);
}

/** Every unit of work on this order, with milliseconds since the click. */
export function tellTimeline(run: LocalRun, click: Click, tell: Tell): void {
  for (const { at, unit, level, fields } of run.timeline.summaries()) {
    const isOurs =
      fields.transactionId === click.transactionId ||
      fields.merchantOrderId === click.merchantOrderId;
    // Our own waiting for access is not part of the story.
    if (!isOurs || unit === 'paymentStatus') continue;
    const time = `${at.getTime() - click.startedAt.getTime()} ms`.padStart(9);
    const paint = level === 'info' ? colors.green : level === 'warn' ? colors.yellow : colors.red;
    const words = [
      colors.dim(time),
      unit.padEnd(15),
      paint(String(fields.outcome).padEnd(14)),
      String(fields.detailType ?? fields.gatewayEvent ?? ''),
      fields.retryInSeconds === undefined ? '' : `again in ${fields.retryInSeconds} s`,
      colors.dim(String(fields.reason ?? '')),
    ];
    tell(`  ${words.filter(Boolean).join('  ')}`.trimEnd());
  }
}
