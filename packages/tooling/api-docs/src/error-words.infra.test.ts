import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodeFacts, errorCodes } from '@cloudnestle/contracts/http/error-codes';
import { tokenCodes } from '@cloudnestle/contracts/http/token-codes';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../../..');
const codes: Readonly<Record<string, CodeFacts>> = { ...errorCodes, ...tokenCodes };

/** Everything that answers errors; what differs from call to call reads `…`. */
const source = globSync(
  '{services/*/src,packages/core/runtime/src/http,packages/local/dev/src/http-api}/**/*.ts',
  {
    cwd: root,
    exclude: ['**/*.test.ts', '**/testing/**'],
  },
)
  .map((file) => readFileSync(join(root, file), 'utf8').replaceAll(/\$\{[^}]*\}/g, '…'))
  .join('\n');

/** A code and the words behind it, with the status before it where one stands there. */
const answers = [
  ...source.matchAll(/(?:\(\s*(\d{3}),\s*)?'([A-Z_]+)',\s*(?:'([^'\n]+)'|"([^"\n]+)"|`([^`]+)`)/g),
].flatMap(([, status, code = '', ...texts]) =>
  code in codes ? [{ code, status, words: texts.find((text) => text !== undefined) }] : [],
);

it('finds what the services answer', () => {
  expect(answers.length).toBeGreaterThan(25);
});

it.each(answers)('$code is documented with the words that are answered: $words', (answer) => {
  const { statuses, words } = codes[answer.code] ?? { statuses: [], words: [] };
  expect(words, 'add the words to packages/core/contracts/src/http').toContain(answer.words);
  if (answer.status) expect(statuses).toContain(Number(answer.status));
});

it.each(Object.entries(codes))(
  '%s is documented with no words that no function answers',
  (_, { words }) => {
    for (const each of words) expect(source).toContain(each);
  },
);
