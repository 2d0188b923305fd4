import { keepTimeLimits } from '@cloudnestle/test-kit/keep-time-limits';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Fault, faults, strike } from './testing/faults.ts';
import {
  completed,
  FUNCTION_TIMEOUT_MS,
  initiated,
  kinds,
  startNotifications,
} from './testing/setup.ts';

let world: Awaited<ReturnType<typeof startNotifications>>;
beforeAll(async () => {
  world = await startNotifications();
});
afterAll(() => world.stop());
afterEach(() => {
  vi.unstubAllEnvs();
});

const error = (status: number, errorType: string): Fault => ({ when: 'before', status, errorType });

describe('when SES surely did not take the mail, it is sent later, once', () => {
  test.each([
    ['too many requests', error(429, 'TooManyRequestsException')],
    ['daily quota', error(400, 'LimitExceededException')],
    ['identity not verified yet', error(400, 'MessageRejected')],
    ['sending paused', error(400, 'SendingPausedException')],
    ['no permission', error(403, 'AccessDeniedException')],
    ['service unavailable', error(503, 'ServiceUnavailable')],
  ])('%s', async (_name, fault) => {
    const scene = world.newScene();
    const order = await scene.order();
    const strikes = strike(world.cloud, 'ses', fault, { times: 2 });
    expect(await scene.deliver(completed(order))).toBe(1);
    expect(strikes.struck()).toBe(1);
    expect((await scene.notes(order))?.welcome).toBeUndefined();
    expect(await scene.deliver(completed(order))).toBe(1);
    expect(await scene.deliver(completed(order))).toBe(0);
    expect(await scene.deliver(completed(order))).toBe(0);
    expect(scene.outcomes()).toEqual(['retry', 'retry', 'applied', 'skipped: already sent']);
    expect(await scene.subjects(order)).toHaveLength(1);
    expect(scene.platform.counted('EmailFailed')).toBe(2);
    expect(scene.platform.counted('EmailSent')).toBe(1);
    expect(scene.platform.counted('EmailUnknown')).toBe(0);
  });

  test.each(kinds)('the %s mail, with no server listening', async (_kind, build) => {
    const scene = world.newScene();
    const order = await scene.order();
    vi.stubEnv('AWS_ENDPOINT_URL_SESV2', 'http://127.0.0.1:1');
    expect(await scene.deliverTo(scene.newHandler(), build(order))).toBe(1);
    vi.unstubAllEnvs();
    expect(await scene.deliver(build(order))).toBe(0);
    expect(scene.outcomes()).toEqual(['retry', 'applied']);
    expect(await scene.subjects(order)).toHaveLength(1);
  });
});

test('a request SES cannot read goes to the dead-letter queue at once; its replay may send it', async () => {
  const scene = world.newScene();
  const order = await scene.order();
  strike(world.cloud, 'ses', error(400, 'BadRequestException'));
  expect(await scene.deliver(initiated(order))).toBe(0);
  expect(scene.outcomes()).toEqual(['dead-lettered']);
  expect(await world.receive('notifications', 'deadLetterQueue')).toHaveLength(1);
  expect(await scene.deliver(initiated(order))).toBe(0);
  expect(await scene.subjects(order)).toHaveLength(1);
});

describe('when SES may have taken the mail, no machine sends it again', () => {
  test.each([
    ['cut before it was taken', faults.cutBefore, 0],
    ['cut after it was taken', faults.cutAfter, 1],
    ['an error before it was taken', faults.refusedBefore, 0],
    ['an error although it was taken', faults.answerIsAnError, 1],
    ['no answer in time', { hangMs: 9000, when: 'after' }, 1],
    ['bad gateway', error(502, 'BadGateway'), 0],
  ] satisfies [string, Fault, number][])('%s', async (_name, fault, mails) => {
    const scene = world.newScene();
    const order = await scene.order();
    const strikes = strike(world.cloud, 'ses', fault);
    if ('hangMs' in fault) keepTimeLimits();
    const handler = scene.newHandler({ sesTimeoutMs: 600 });
    expect(await scene.deliverTo(handler, completed(order))).toBe(0);
    expect(await scene.notes(order)).toMatchObject({
      welcome: {
        state: 'unknown',
        since: '2025-11-23T09:05:00.000Z',
        why: expect.stringMatching(/./),
      },
    });
    scene.advance(10 * FUNCTION_TIMEOUT_MS);
    expect(await scene.deliver(completed(order), completed(order))).toBe(0);
    expect(strikes.struck()).toBe(1);
    expect(await scene.subjects(order)).toHaveLength(mails);
    expect(new Set(scene.outcomes())).toEqual(new Set(['skipped: unknown']));
    expect(scene.platform.counted('EmailUnknown')).toBe(1);
    expect(scene.platform.counted('EmailSent')).toBe(0);
    expect(scene.platform.lines).toContainEqual({
      level: 'warn',
      message: 'mail unknown',
      fields: {
        transactionId: order.row.transactionId,
        mail: 'welcome',
        reason: expect.stringMatching(/./),
      },
    });
  });

  test('nor when that could not even be written down', async () => {
    const scene = world.newScene();
    const order = await scene.order();
    let isDown = false;
    world.cloud.intercept(({ service }) => {
      if (service === 'ses') {
        isDown = true;
        return faults.cutAfter;
      }
      return isDown && service === 'dynamodb' ? faults.refusedBefore : undefined;
    });
    expect(await scene.deliver(completed(order))).toBe(1);
    world.cloud.intercept(undefined);
    expect(await scene.deliver(completed(order))).toBe(1);
    scene.advance(FUNCTION_TIMEOUT_MS);
    expect(await scene.deliver(completed(order))).toBe(0);
    expect(scene.outcomes()).toEqual(['retry', 'retry', 'skipped: unknown']);
    expect(await scene.subjects(order)).toHaveLength(1);
    // By the run that could not write it down, and by the one that could: rather twice than never.
    expect(scene.platform.counted('EmailUnknown')).toBe(2);
  });
});

test('a mail that was sent but could not be noted ends as unknown, and is not sent again', async () => {
  const scene = world.newScene();
  const order = await scene.order();
  let isDown = false;
  world.cloud.intercept(({ service }) => {
    if (service === 'ses') isDown = true;
    return isDown && service === 'dynamodb' ? faults.refusedBefore : undefined;
  });
  expect(await scene.deliver(initiated(order))).toBe(1);
  expect(scene.platform.counted('EmailSent')).toBe(1);
  world.cloud.intercept(undefined);
  expect(await scene.notes(order)).toMatchObject({ initiated: { state: 'sending' } });
  scene.advance(FUNCTION_TIMEOUT_MS);
  expect(await scene.deliver(initiated(order))).toBe(0);
  expect(await scene.notes(order)).toMatchObject({ initiated: { state: 'unknown' } });
  expect(await scene.subjects(order)).toHaveLength(1);
});
