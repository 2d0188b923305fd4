import { expect, it } from 'vitest';
import { judgeAnswer } from './check-gateway.ts';
import { judgeWebhookAnswer } from './judge-webhook-answer.ts';

it.each([
  [{ kind: 'notFound' }, 'ok', 'takes our credentials'],
  [{ kind: 'refused', code: 'FORBIDDEN', httpStatus: 403 }, 'wrong', '403 FORBIDDEN'],
  [{ kind: 'unreachable', reason: 'no token: 401 UNAUTHORIZED' }, 'wrong', 'no token: 401'],
] as const)('the gateway’s answer %j is %s', (answer, result, words) => {
  const verdict = judgeAnswer(answer);
  expect(verdict.result).toBe(result);
  expect(verdict.words[0]).toContain(words);
});

it.each([
  [401, 'UNAUTHENTICATED', 'ok', 'refuses strangers'],
  [503, 'NOT_CONFIGURED', 'wrong', 'is off (503)'],
  [503, 'TRY_AGAIN', 'wrong', 'answers 503 TRY_AGAIN to a stranger; should answer 401'],
  [200, undefined, 'wrong', 'takes a webhook from a stranger (200)'],
  [404, undefined, 'wrong', 'answers 404 to a stranger'],
  [302, undefined, 'wrong', 'answers 302 to a stranger'],
] as const)('an endpoint that answers a stranger %s %s is %s', (status, code, result, words) => {
  const verdict = judgeWebhookAnswer(status, code);
  expect(verdict.result).toBe(result);
  expect(verdict.words[0]).toContain(words);
});
