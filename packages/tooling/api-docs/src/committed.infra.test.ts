import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DOCS_COMMAND, documentFile, frontendPage } from './committed.ts';
import { documents } from './documents.ts';
import { withErrorTable } from './pages/error-table.ts';

const hint = `what is committed is not what the code says: run \`${DOCS_COMMAND}\``;

it.each(Object.entries(documents))('docs/api/%s says what the code says', (name, build) => {
  const committed: unknown = JSON.parse(readFileSync(documentFile(name), 'utf8'));
  const current: unknown = JSON.parse(JSON.stringify(build()));
  expect(committed, hint).toEqual(current);
});

it('the frontend’s page has every error code with its words', () => {
  const page = readFileSync(frontendPage, 'utf8');
  expect(page, hint).toBe(withErrorTable(page));
});
