import { escapeUnprintable } from '@cloudnestle/dev/terminal/printable';
import { formatTable } from '../../output/format-table.ts';
import type { Answer } from '../call.ts';
import { describeAnswer, parseJson } from '../read-answer.ts';

/** Answers for people: one whole, or those of many grouped by what they say. */
export function formatAnswers(answers: readonly Answer[]): string {
  const [only, ...others] = answers;
  return only && others.length === 0 ? formatOne(only) : formatMany(answers);
}

function formatOne(answer: Answer): string {
  const line = `${describeAnswer(answer)}  (${answer.tookMs} ms)`;
  return answer.kind === 'unanswered' ? line : `${line}\n${prettify(answer.body)}`;
}

function formatMany(answers: readonly Answer[]): string {
  const groups = Map.groupBy(answers, describeAnswer);
  const rows = [...groups].map(([words, group]) => {
    const times = group.map(({ tookMs }) => tookMs);
    return [words, String(group.length), `${Math.min(...times)} ms`, `${Math.max(...times)} ms`];
  });
  return formatTable(['answer', 'times', 'fastest', 'slowest'], rows.toSorted());
}

function prettify(body: string): string {
  const parsed = parseJson(body);
  return parsed === undefined ? escapeUnprintable(body) : JSON.stringify(parsed, undefined, 2);
}
