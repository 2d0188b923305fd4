import { parseJson } from '@cloudnestle/contracts/json';
import { escapeUnprintable } from '@cloudnestle/contracts/printable';
import type { SignedWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/sign-webhook';
import { formatTable } from '../../output/format-table.ts';
import { type Answer, describeAnswer } from '../call-stage.ts';

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

/** The request as a command for a POSIX shell. */
export function formatCurl(url: string, { headers, body }: SignedWebhook): string {
  return [
    `curl --silent --show-error --include --request POST ${quote(url)}`,
    ...Object.entries(headers).map(([name, value]) => `--header ${quote(`${name}: ${value}`)}`),
    `--data-binary ${quote(new TextDecoder().decode(body))}`,
  ].join(' \\\n  ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
