import { expect, it } from 'vitest';
import { buildScheduleHandler, type ScheduledJob } from './schedule-handler.ts';
import { createFakePlatform } from './testing/fake-platform.ts';
import { buildContext, invokeSchedule } from './testing/invoke.ts';

const run = async (job: ScheduledJob['run']) => {
  const platform = createFakePlatform();
  const handler = buildScheduleHandler(platform, { unit: 'tidy', run: job });
  const result = await invokeSchedule(handler, buildContext({ timeoutMs: 5000 })).then(
    () => 'done',
    (error: Error) => error.message,
  );
  return { result, platform };
};

it('writes one summary line a run, with what the job says of it', async () => {
  const { platform } = await run(async () => ({ outcome: 'tidied', due: 3 }));
  expect(platform.lines).toEqual([
    {
      level: 'info',
      message: 'summary',
      fields: {
        unit: 'tidy',
        outcome: 'tidied',
        due: 3,
        requestId: expect.any(String),
        durationMs: expect.any(Number),
      },
    },
  ]);
});

it('leaves the job less time than the function has', async () => {
  let timeoutMs = 0;
  await run(async (options) => {
    timeoutMs = options.timeoutMs;
    return { outcome: 'tidied' };
  });
  expect(timeoutMs).toBeGreaterThan(3000);
  expect(timeoutMs).toBeLessThanOrEqual(4000);
});

it('fails where the job fails, so that an alarm can count it, and says why in the log', async () => {
  const { result, platform } = await run(() => Promise.reject(new Error('the index is gone')));
  expect(result).toBe('the index is gone');
  expect(platform.lines).toEqual([
    expect.objectContaining({
      level: 'error',
      fields: expect.objectContaining({ outcome: 'failed', reason: 'Error: the index is gone' }),
    }),
  ]);
});
