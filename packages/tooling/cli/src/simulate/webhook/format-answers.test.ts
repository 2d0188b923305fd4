import { expect, it } from 'vitest';
import type { Answer } from '../call.ts';
import { formatAnswers } from './format-answers.ts';

const answered = (status: number, body: unknown, tookMs: number): Answer => ({
  kind: 'answered',
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  tookMs,
});

it('shows one answer whole', () => {
  expect(formatAnswers([answered(200, { success: true, result: 'published' }, 12)])).toBe(
    '200 published  (12 ms)\n{\n  "success": true,\n  "result": "published"\n}',
  );
});

it('shows a body that is no JSON as it is', () => {
  expect(formatAnswers([answered(502, '<html>', 3)])).toBe('502  (3 ms)\n<html>');
});

it('says why there is no answer', () => {
  const lost: Answer = { kind: 'unanswered', reason: 'no answer (ECONNREFUSED)', tookMs: 1 };
  expect(formatAnswers([lost])).toBe('no answer (ECONNREFUSED)  (1 ms)');
});

it('groups many answers by what they say', () => {
  const table = formatAnswers([
    answered(200, { result: 'published' }, 40),
    answered(200, { result: 'duplicate' }, 10),
    answered(200, { result: 'duplicate' }, 30),
    answered(503, { error: { code: 'TRY_AGAIN' } }, 20),
  ]);
  expect(table).toMatch(/200 duplicate +│ 2 +│ 10 ms +│ 30 ms/);
  expect(table).toMatch(/200 published +│ 1 +│ 40 ms +│ 40 ms/);
  expect(table).toMatch(/503 TRY_AGAIN +│ 1/);
});
