import { readFileSync } from 'node:fs';
import { topology } from '@cloudnestle/topology/topology';
import { expect, it } from 'vitest';
import { personalDataPage } from './committed.ts';

const page = readFileSync(personalDataPage, 'utf8');
const stages = readFileSync(
  new URL('../../../../stacks/config/stages.ts', import.meta.url),
  'utf8',
);

/** The last cell of the row that begins so. */
function howLong(where: string): string {
  const row = page.split('\n').find((line) => line.startsWith(`| ${where}`));
  return row?.split('|').at(-2)?.trim() ?? 'no such row';
}

it.each([
  ['subscribers’ queues', "subscribers' queues", `${topology.queueRetentionDays} days`],
  ['dead-letter queues', 'dead-letter queues', `${topology.deadLetterRetentionDays} days`],
  ['the archive', "the bus's archive", `${topology.archiveRetentionDays} days`],
])('the page says as the topology does how long %s keep personal data', (_, where, days) => {
  expect(howLong(where)).toContain(days);
});

it('the page says as the stages do how long logs are kept', () => {
  const [production, personal] = [...stages.matchAll(/logRetentionDays: (\d+)/g)].map(
    ([, days]) => days,
  );
  expect(howLong('logs')).toBe(`production ${production} days, personal stages ${personal} days`);
});

it('the page names every table', () => {
  for (const { name } of Object.values(topology.tables)) expect(page).toContain(`| \`${name}\` |`);
});
