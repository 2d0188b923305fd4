import { type Look, type LookedQueue, letterSchema } from '@cloudnestle/contracts/admin/letters';
import { lookItemSchema } from '@cloudnestle/contracts/items/operation';
import { expiresAfter } from '@cloudnestle/operations/operations-table';
import type { Desk } from '../desk/connect-desk.ts';
import type { Task, TaskOf } from '../jobs/tasks.ts';

const KEPT_DAYS = 1;
/** Longer than a worker may run. */
const LONGEST_MS = 20 * 60_000;
const PAGE_PREFIX = 'LETTERS';
/** With their bodies: one page is one item, and one answer. */
export const LETTERS_ON_PAGE = 50;

type Kept = Pick<Desk, 'operations' | 'pages' | 'platform'>;

/** A look that a worker will take up. */
export function startLook(
  { platform }: Kept,
  lookId: string,
  by: string,
  { queue, filter }: TaskOf<'look'>,
): Look {
  const at = platform.now();
  return {
    lookId,
    state: 'WAITING',
    by,
    queue,
    filter,
    startedAt: at.toISOString(),
    expiresAt: new Date(expiresAfter(at, KEPT_DAYS) * 1000).toISOString(),
    seen: 0,
    queues: [],
    groups: [],
    restGroups: { groups: 0, letters: 0 },
    keptLetters: 0,
  };
}

export async function saveLook({ operations }: Kept, look: Look): Promise<void> {
  const expiresAtSeconds = Math.floor(Date.parse(look.expiresAt) / 1000);
  await operations.put({ ...keyOf(look.lookId), look, expiresAtSeconds });
}

/** Undefined where there is none, or its time is over. */
export async function findLook(
  { operations, platform }: Kept,
  lookId: string,
): Promise<Look | undefined> {
  const look = lookItemSchema.safeParse(await operations.find(keyOf(lookId))).data?.look;
  const now = platform.now();
  if (!look || look.expiresAt <= now.toISOString()) return undefined;
  const isUnderWay = look.state === 'WAITING' || look.state === 'RUNNING';
  if (!isUnderWay || now.getTime() - Date.parse(look.startedAt) < LONGEST_MS) return look;
  return { ...look, state: 'FAILED', why: 'No worker has finished it in time: look again.' };
}

/** Says of a look that no worker could finish it. */
export async function failLook(desk: Kept, lookId: string, why: string): Promise<void> {
  const look = await findLook(desk, lookId);
  if (look) await saveLook(desk, { ...look, state: 'FAILED', why });
}

/** A page of a look's letters, from 0 on. */
export function readLookPage({ pages }: Kept, lookId: string, number: number) {
  return pages.read({ pk: keyOf(lookId).pk, prefix: PAGE_PREFIX, number }, letterSchema);
}

export async function writeLookPage(
  { pages }: Kept,
  look: Look,
  number: number,
  entries: readonly unknown[],
): Promise<void> {
  await pages.write({
    pk: keyOf(look.lookId).pk,
    prefix: PAGE_PREFIX,
    number,
    entries,
    expiresAtSeconds: Math.floor(Date.parse(look.expiresAt) / 1000),
  });
}

function keyOf(lookId: string) {
  return { pk: `look#${lookId}`, sk: 'LOOK' as const };
}

export function isLook(task: Task): task is TaskOf<'look'> {
  return task.kind === 'look';
}

/** A queue that another operator goes through: what it holds was not seen. */
export function describeBusy(queue: string, walker: { by: string; since: string }): LookedQueue {
  return { queue, unread: `${walker.by} goes through it since ${walker.since}`, walker };
}
