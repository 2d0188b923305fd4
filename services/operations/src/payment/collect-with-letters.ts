import type { LookedQueue } from '@cloudnestle/contracts/admin/letters';
import type { WalkHolder } from '@cloudnestle/operations/letters/walks';
import { withWalk } from '@cloudnestle/operations/letters/walks';
import { collectStory } from '@cloudnestle/operations/story/collect-story';
import type { Sources } from '@cloudnestle/operations/story/sources';
import type { OrderStory } from '@cloudnestle/operations/story/story';
import type { Desk } from '../desk/connect-desk.ts';
import { describeBusy } from '../letters/looks.ts';

interface Collected {
  story: OrderStory;
  /** With the queues alone that are this walk's: what is moved is moved there. */
  sources: Sources;
  /** Queues that other operators go through. */
  busy: LookedQueue[];
}

/**
 * The whole story of an order, its dead letters included: every dead-letter queue is taken for as long as `work` goes on on it.
 * What another operator goes through was not seen, and the story says so.
 */
export async function collectWithLetters<Result>(
  desk: Desk,
  transactionId: string,
  holder: WalkHolder,
  { signal, work }: { signal: AbortSignal; work(collected: Collected): Promise<Result> },
): Promise<Result> {
  const busy: LookedQueue[] = [];
  const all = desk.sources.letters.sources;

  /** Takes the queues one by one, and works once it has those that are free. */
  const takeFrom = async (
    index: number,
    taken: Sources['letters']['sources'],
    held: AbortSignal,
  ): Promise<Result> => {
    const source = all[index];
    if (!source) return collect(taken, held);
    const { name } = source.queue;
    const walked = await withWalk(desk.walks, name, holder, (lost) =>
      takeFrom(index + 1, [...taken, source], AbortSignal.any([held, lost])),
    );
    if (walked.kind === 'walked') return walked.result;
    busy.push(describeBusy(name, walked.walker));
    return takeFrom(index + 1, taken, held);
  };
  const collect = async (
    taken: Sources['letters']['sources'],
    held: AbortSignal,
  ): Promise<Result> => {
    const sources = { ...desk.sources, letters: { ...desk.sources.letters, sources: taken } };
    const seen = await collectStory(sources, transactionId, { signal: held });
    const unseen = busy.map((each) => ({
      queue: each.queue,
      found: { kind: 'unread' as const, why: 'unread' in each ? each.unread : '' },
    }));
    const queues = { ...seen.queues, dead: [...seen.queues.dead, ...unseen] };
    return work({ story: { ...seen, queues }, sources, busy });
  };
  return takeFrom(0, [], signal);
}
