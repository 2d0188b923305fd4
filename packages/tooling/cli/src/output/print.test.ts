import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { type Shell, shell, withShell } from '../shell.ts';
import { print, printColoured, tell } from './print.ts';

/** What is written to both streams meanwhile. */
async function written(work: () => void): Promise<{ output: string; errors: string }> {
  const texts = { output: '', errors: '' };
  const sink = (name: keyof typeof texts) =>
    new Writable({
      decodeStrings: false,
      write: (chunk, _encoding, done) => {
        texts[name] += chunk;
        done();
      },
    });
  const other: Shell = Object.create(shell(), {
    output: { value: sink('output') },
    errors: { value: sink('errors') },
  });
  await withShell(other, async () => work());
  return texts;
}

it('shows what steers a terminal, in text and in data, on both streams', async () => {
  const attack = '\u001b[2J\u009b31m\r\u202e';
  const texts = await written(() => {
    print(`title\n${attack}`);
    print({ [attack]: attack });
    tell(`a\n${attack}`, 'b');
  });
  const shown = String.raw`\u001b[2J\u009b31m\u000d\u202e`;
  expect(texts.output.split('\n').slice(0, 2)).toEqual(['title', shown]);
  expect(JSON.parse(texts.output.split('\n').slice(2).join('\n'))).toEqual({ [attack]: attack });
  expect(texts.output.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(texts.errors).toBe(`a\\u000a${shown}\nb\n`);
});

it('leaves our own colours', async () => {
  const { output } = await written(() => printColoured('\u001b[32mReady.\u001b[39m\u0007'));
  expect(output).toBe('\u001b[32mReady.\u001b[39m\\u0007\n');
});

/** Besides this place: where a bar is drawn, a question asked, and what becomes of broken pipes decided. */
const mayHoldStreams = [
  'main.ts',
  'operator/confirm-change.ts',
  'output/print.ts',
  'output/show-progress.ts',
  'shell.ts',
  'token/prompt.ts',
];

it('is the one place that writes: no other module has a stream', () => {
  const root = join(import.meta.dirname, '..');
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && each.name.endsWith('.ts') && !each.name.endsWith('.test.ts'))
    .map((each) => join(each.parentPath, each.name))
    .filter((path) => !path.includes('/testing/'));
  const holders = files.filter((path) =>
    /\.(output|errors)\.|shell\(\)\.(output|errors)\b|\bprocess\.std|\bconsole\.|= console\b/.test(
      readFileSync(path, 'utf8').replaceAll(/^\s*(\/?\*|\/\/).*$/gm, ''),
    ),
  );
  expect(holders.map((path) => relative(root, path)).toSorted()).toEqual(mayHoldStreams);
});
