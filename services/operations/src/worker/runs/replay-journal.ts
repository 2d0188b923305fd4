import type { Letter } from '@cloudnestle/operations/letters/letter';
import type { BatchCounts } from '@cloudnestle/operations/letters/replay-letters';
import { expiresAfter } from '@cloudnestle/operations/operations-table';
import * as z from 'zod';
import type { Run } from '../run.ts';

/**
 * What a replay has moved, kept so that a kill at any moment loses no count: before a batch is sent, its slot says which letters
 * it is about, and what became of all batches before it in that slot. Batches at once have slots of their own.
 */
export interface ReplayJournal {
  /** What became of the letters of earlier runs. */
  earlier: BatchCounts;
  /** Letters that a killed run had begun with and that were not seen since: at the end of a walk they are in their queues. */
  begunBefore(): number;
  begin(letters: readonly Letter[]): Promise<(became: BatchCounts) => void>;
  /** Writes down what became of the last batches. */
  close(): Promise<void>;
}

const countsSchema = z.object({
  moved: z.int(),
  notSent: z.int(),
  notDeleted: z.int(),
  stampCut: z.int(),
});
const slotSchema = z.object({ ids: z.array(z.string()), counts: countsSchema });

const nothing: BatchCounts = { moved: 0, notSent: 0, notDeleted: 0, stampCut: 0 };
const KEPT_DAYS = 90;

export async function openJournal({ desk, job, runId }: Run): Promise<ReplayJournal> {
  const { entries } = await desk.operations.list({
    of: { index: 'none', pk: job.pk, skPrefix: 'SLOT#' },
    latestFirst: false,
  });
  const earlierSlots = entries.map((entry) => slotSchema.parse(entry));
  const earlier = earlierSlots.reduce((sum, { counts }) => add(sum, counts), nothing);
  const begun = new Set(earlierSlots.flatMap(({ ids }) => ids));
  const slots: Slot[] = [];
  const write = (slot: Slot, ids: readonly string[]) =>
    desk.operations.put({
      pk: job.pk,
      sk: `SLOT#${runId}#${slot.number}`,
      ids,
      counts: slot.counts,
      expiresAtSeconds: expiresAfter(desk.platform.now(), KEPT_DAYS),
    });
  return {
    earlier,
    begunBefore: () => begun.size,
    begin: async (letters) => {
      const slot = slots.find(({ isFree }) => isFree) ?? startSlot(slots);
      slot.isFree = false;
      const ids = letters.map(({ messageId }) => messageId);
      await write(slot, ids);
      // They are seen again, and counted with this batch.
      for (const id of ids) begun.delete(id);
      return (became) => {
        slot.counts = add(slot.counts, became);
        slot.isFree = true;
      };
    },
    close: async () => {
      await Promise.all(slots.map((slot) => write(slot, [])));
    },
  };
}

interface Slot {
  number: number;
  counts: BatchCounts;
  isFree: boolean;
}

function startSlot(slots: Slot[]): Slot {
  const slot = { number: slots.length, counts: nothing, isFree: true };
  slots.push(slot);
  return slot;
}

export function add(a: BatchCounts, b: BatchCounts): BatchCounts {
  return {
    moved: a.moved + b.moved,
    notSent: a.notSent + b.notSent,
    notDeleted: a.notDeleted + b.notDeleted,
    stampCut: a.stampCut + b.stampCut,
  };
}
