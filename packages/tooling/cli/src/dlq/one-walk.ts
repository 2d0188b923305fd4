import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import type { LetterSource } from '@cloudnestle/operations/letters/go-through-letters';
import {
  createWalks,
  keepWalk,
  type WalkHolder,
  type Walks,
} from '@cloudnestle/operations/letters/walks';
import {
  createOperationsTable,
  type OperationsTable,
} from '@cloudnestle/operations/operations-table';
import { maskText } from '@cloudnestle/operations/words/mask';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { describeError } from '@cloudnestle/runtime/errors';
import { CliError } from '../cli-error.ts';
import type { BegunAction } from '../operator/action-log.ts';
import { identifyOperator } from '../operator/operator.ts';
import { tell } from '../output/print.ts';

export interface WalkOptions {
  /** Looks although another operator goes through the queue: what that walk holds is not seen. */
  anyway?: boolean;
}

/** Another operator goes through the queue. Nothing was changed. */
export class QueueBusyError extends CliError {}

/** How a command goes through dead-letter queues that others go through as well: one walk of a queue at a time. */
export interface OneWalk {
  /**
   * Has `work` go through a queue that is its alone. Throws a `QueueBusyError` that says who has it since when, before anything is
   * done. The signal is aborted where the queue cannot be kept any more.
   */
  alone<Result>(
    source: LetterSource,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
  /** The same for a change that has been written down already: where the queue was taken meanwhile, the log says that nothing was changed. */
  change<Result>(
    begun: BegunAction,
    source: LetterSource,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
  /** With what other queues are taken beside it; undefined where it cannot be seen who goes through which. */
  shared(): { walks: Walks; holder: WalkHolder } | undefined;
}

/** A killed command leaves its queue taken for so long. */
const LEASE_MS = 60_000;

/** The walks of a stage; `by` is who works, where that has been asked already. */
export async function openWalks(
  stage: EnvironmentSecret,
  { anyway = false, mayLookAnyway, by }: WalkOptions & { mayLookAnyway: boolean; by?: string },
): Promise<OneWalk> {
  const walks = createWalks(openTable(stage), () => new Date());
  const caller = by ?? (anyway ? '' : await nameCaller(stage.stage));
  const holder = { holder: crypto.randomUUID(), by: caller };
  let isSeen = !anyway;
  const alone: OneWalk['alone'] = async (source, signal, work) => {
    if (anyway) return work(signal);
    const queue = source.queue.name;
    const leaseMs = timeLimitMs(LEASE_MS);
    try {
      const taken = await walks.take(queue, holder, leaseMs);
      if (taken.kind === 'busy') throw describeBusy(queue, taken.walker, mayLookAnyway);
    } catch (error) {
      if (error instanceof QueueBusyError) throw error;
      isSeen = false;
      const why = maskText(describeError(error));
      tell(`It cannot be seen whether another operator goes through ${queue} as well (${why}).`);
      return work(signal);
    }
    const walk = (lost: AbortSignal) => {
      const says = () => tell(`${queue} could not be kept from others: this stops here.`);
      lost.addEventListener('abort', says, { once: true });
      return work(AbortSignal.any([signal, lost]));
    };
    return keepWalk(walks, queue, holder, walk, { leaseMs });
  };
  return {
    alone,
    change: async (begun, source, signal, work) => {
      try {
        return await alone(source, signal, work);
      } catch (error) {
        if (error instanceof QueueBusyError) await begun.dismiss();
        throw error;
      }
    },
    shared: () => (isSeen ? { walks, holder } : undefined),
  };
}

/** The table in which walks and kept letters are. */
export function openTable({ tables, indexes }: EnvironmentSecret): OperationsTable {
  return createOperationsTable({
    dynamo: createDynamoClient(),
    table: tables.operations,
    byTime: indexes.operationsByTime,
    byOrder: indexes.operationsByOrder,
  });
}

function describeBusy(
  queue: string,
  { by, since }: { by: string; since: string },
  mayLookAnyway: boolean,
): QueueBusyError {
  const lines = [
    `${by} goes through the dead letters of ${queue} since ${since}. One walk at a time; nothing was changed.`,
    'Wait until that is over: the console shows it under Dead letters. A walk that died is over a minute later.',
  ];
  const beside = 'Or look beside it with --anyway: letters that it holds are not seen.';
  return new QueueBusyError(mayLookAnyway ? [...lines, beside] : lines);
}

/** Who looks: others are told. */
async function nameCaller(stage: string): Promise<string> {
  try {
    return (await identifyOperator(stage)).caller;
  } catch {
    return 'a command line';
  }
}
