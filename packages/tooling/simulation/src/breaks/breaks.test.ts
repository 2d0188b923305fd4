import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { allBreaks } from './all.ts';
import { planBreak, readSources } from './apply-break.ts';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));

const sources = new Map(
  [...new Set(allBreaks.map(({ place }) => place))].map((place) => [
    place,
    readSources(join(root, place, 'src')),
  ]),
);

it.each(allBreaks.map((each) => [each.name, each] as const))(
  'still fits the code that it is to break: %s',
  (_name, each) => {
    const { before, after } = planBreak(root, each, sources.get(each.place));
    expect(after).not.toBe(before);
  },
);

it.each(allBreaks.slice(0, 1))('fails loudly once its text is gone from the code', (each) => {
  const moved = { ...each, find: `${each.find} as it was before` };
  expect(() => planBreak(root, moved)).toThrow(`${each.name} does not fit any more: 0 times`);
});

it('has a name for each break, and at least thirty of them', () => {
  expect(new Set(allBreaks.map(({ name }) => name)).size).toBe(allBreaks.length);
  expect(allBreaks.length).toBeGreaterThanOrEqual(30);
});
