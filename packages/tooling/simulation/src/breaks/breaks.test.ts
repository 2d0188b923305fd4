import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { allBreaks } from './all.ts';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));

it.each(allBreaks.map((each) => [each.name, each] as const))(
  'still fits the code that it is to break: %s',
  (_name, { file, find, replace }) => {
    const source = readFileSync(join(root, file), 'utf8');
    expect(source.split(find), `${file}: ${find}`).toHaveLength(2);
    expect(replace).not.toBe(find);
  },
);

it('has a name for each break, and at least thirty of them', () => {
  expect(new Set(allBreaks.map(({ name }) => name)).size).toBe(allBreaks.length);
  expect(allBreaks.length).toBeGreaterThanOrEqual(30);
});
