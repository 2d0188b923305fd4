import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { beforeAll, describe, expect, it } from 'vitest';
import { runPayments } from './testing/run-payments.ts';

const docs = join(import.meta.dirname, '../../../../docs/runbooks');
const runbooks = (await readdir(docs)).filter((name) => name.endsWith('.md'));
/** Runbooks, and what else tells operators what to run. */
const pages = [
  ...runbooks,
  ...[
    '../deploy.md',
    '../frontend.md',
    '../operating.md',
    '../personal-data.md',
    '../reconciliation.md',
  ],
  '../../README.md',
];
/** The console, whose buttons show the command that does the same. */
const consoleSources = join(docs, '../../packages/web/console/src');
const texts = new Map<string, string>();

beforeAll(async () => {
  const files = await readdir(consoleSources, { recursive: true });
  const sources = await Promise.all(
    files
      .filter((name) => /(?<!\.test)\.tsx?$/.test(name))
      .map((name) => readFile(join(consoleSources, name), 'utf8')),
  );
  // What a template puts in is a value, or options in text of their own.
  texts.set(
    'the console',
    sources
      .join('\n')
      .replaceAll(/\$\{[^{}]*\}/g, (put) => put.match(/ --[a-z-]+/g)?.join(' ') ?? 'x'),
  );
  for (const page of pages) texts.set(page, await readFile(join(docs, page), 'utf8'));
});

const helps = new Map<string, Promise<string>>();
/** What a command says of itself; asks for nothing and needs no stage. */
function helpOf(words: readonly string[]): Promise<string> {
  const key = words.join(' ');
  const help =
    helps.get(key) ??
    runPayments({ awsEndpoint: 'http://127.0.0.1:1' }, [...words, '--help']).then(
      ({ stdout }) => stdout,
    );
  helps.set(key, help);
  return help;
}

/** Every `./payments ...` of a page, as the words of a command. */
function commandsIn(text: string): string[][] {
  const commands = text.match(
    /payments (?:dlq|payment|attention|access|refund|doctor|simulate|reconcile|backfill|token)\b[^`\n#|)&']*/g,
  );
  return (commands ?? []).map((command) => command.trim().split(/\s+/).slice(1));
}

describe.each([...pages, 'the console'])('the page %s', (page) => {
  it('names only commands and options that there are', async () => {
    for (const words of commandsIn(texts.get(page) ?? '')) {
      const [first = '', second = ''] = words;
      const hasMore = ['access', 'attention', 'dlq', 'simulate'].includes(first);
      const isMore = (hasMore && /^[a-z]/.test(second)) || `${first} ${second}` === 'refund status';
      const name = isMore ? [first, second] : first === 'refund' ? ['refund', 'pay'] : [first];
      const help = await helpOf(name);
      expect(help, words.join(' ')).toContain(`Usage: ${PROGRAM} ${name.join(' ')}`);
      for (const option of words.filter((word) => word.startsWith('--'))) {
        expect(help, words.join(' ')).toMatch(new RegExp(`${option}\\b`));
      }
    }
  });
});

describe.each(runbooks)('the runbook %s', (page) => {
  it('says when, what to look at, what to run, and how to see that it worked', () => {
    if (page === 'README.md') return;
    for (const part of ['**When**', '**Look**', '**Run**', '**It worked**']) {
      expect(texts.get(page)).toContain(part);
    }
  });

  it('is found from the index, and its links lead somewhere', () => {
    if (page !== 'README.md') expect(texts.get('README.md')).toContain(`(${page})`);
    for (const [, link = ''] of (texts.get(page) ?? '').matchAll(/\]\(([a-z-]+\.md)\)/g)) {
      expect(runbooks).toContain(link);
    }
  });
});
