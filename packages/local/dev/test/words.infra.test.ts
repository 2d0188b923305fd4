import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Words that leave out who acts: the buyer, an operator, a subscriber, SQS, the sweep. */
const NAMELESS =
  /\b(?:nobody|no[ -]one|somebody|someone|whoever|anybody|anyone|everybody|everyone|a\s+(?:\*\s+|\/\/\s+)?person)\b/gi;

const allowed = [
  // What was said of a release stays as it was said.
  'CHANGELOG.md',
  // Written by `pnpm run docs` from what is checked here.
  'docs/api/',
  'packages/local/dev/test/words.infra.test.ts',
];

const root = join(import.meta.dirname, '../../../..');

/** Every place of a word without an actor, as `file:line: word`. */
function findNameless(path: string, text: string): string[] {
  return [...text.matchAll(NAMELESS)].map(({ index, 0: word }) => {
    const line = text.slice(0, index).split('\n').length;
    return `${path}:${line}: "${word.replace(/\s+/g, ' ')}"`;
  });
}

it('code, comments, titles and pages name who acts', () => {
  const paths = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((path) => /\.(?:[cm]?[jt]s|tsx|md|txt|html|css)$/.test(path))
    .filter((path) => !allowed.some((each) => path.startsWith(each)))
    .filter((path) => existsSync(join(root, path)));
  expect(paths.length).toBeGreaterThan(500);
  const found = paths.flatMap((path) => findNameless(path, readFileSync(join(root, path), 'utf8')));
  expect(found, 'name the actor instead: the buyer, an operator, a subscriber, SQS ...').toEqual(
    [],
  );
});

it('a word without an actor is found in any spelling and across lines, with its place', () => {
  const text = '/** Whoever asks. */\nno one\n * left to a\n * person\neverybodys, aperson';
  expect(findNameless('x.ts', text)).toEqual([
    'x.ts:1: "Whoever"',
    'x.ts:2: "no one"',
    'x.ts:3: "a * person"',
  ]);
});
