import { describe, expect, it } from 'vitest';
import { withinBudget } from './budget.ts';
import { sendRepeatedly } from './send-repeatedly.ts';
import type { HttpAnswer } from './send-request.ts';

const good: HttpAnswer = { kind: 'answered', status: 200, body: '{}' };
const failed: HttpAnswer = { kind: 'failed', mayHaveArrived: true, reason: 'ECONNRESET' };
const status = (code: number): HttpAnswer => ({ kind: 'answered', status: code, body: '' });

async function run(answers: HttpAnswer[], timeoutMs = 60_000, random = () => 0) {
  let tries = 0;
  const answer = await withinBudget(timeoutMs, (signal) =>
    sendRepeatedly(async () => answers[tries++] ?? good, { random, signal }),
  );
  return { answer, tries };
}

describe('a call that may be repeated', () => {
  it.each([failed, status(408), status(429), status(500), status(502), status(503)])(
    'is tried again after %j',
    async (first) => {
      expect(await run([first])).toEqual({ answer: good, tries: 2 });
    },
  );

  it.each([200, 302, 400, 401, 403, 404, 409, 417])('is not repeated after %d', async (code) => {
    expect(await run([status(code)])).toEqual({ answer: status(code), tries: 1 });
  });

  it('is tried three times at most, and the last answer counts', async () => {
    const answers = [failed, status(500), status(503), good];
    expect(await run(answers)).toEqual({ answer: status(503), tries: 3 });
  });

  it('is not repeated once the time is up', async () => {
    const result = await run([status(500)], 20, () => 0.999);
    expect(result).toEqual({ answer: status(500), tries: 1 });
  });
});
