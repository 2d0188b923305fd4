import { setTimeout as sleep } from 'node:timers/promises';
import { endAccess, restoreAccess } from '@cloudnestle/operations/access/change-access';
import { resolveAttention } from '@cloudnestle/operations/attention/resolve-attention';
import { discardLetters } from '@cloudnestle/operations/letters/discard-letters';
import { replayLetters } from '@cloudnestle/operations/letters/replay-letters';
import { connectLetters } from '@cloudnestle/operations/letters/stage-letters';
import { putBack } from '@cloudnestle/operations/repair/put-back';
import { bringIn } from '@cloudnestle/operations/repair/repair-payment';
import { collectStory } from '@cloudnestle/operations/story/collect-story';
import { connectSources } from '@cloudnestle/operations/story/connect-sources';
import type { Sources } from '@cloudnestle/operations/story/sources';
import { isMendable, judgeStory } from '@cloudnestle/operations/verdict/judge-story';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { createContainer } from '../lambda/container.ts';
import type { Container } from '../parts/container.ts';
import type { Simulation } from '../parts/simulation.ts';
import { adminClaims, environmentSecret } from '../world/stage.ts';
import { skipCalm, startPerson } from './person.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** Of weeks in which no buyer comes, the first hours are for what was left. */
const RESTS_AFTER_MS = 6 * 60 * MINUTE_MS;
/** A command that takes longer hangs for good, and its terminal is closed. */
const LONGEST_COMMAND_MS = 10 * MINUTE_MS;

/** As the command line reads dead-letter queues on AWS. */
const LONG_POLL_SECONDS = 1;

/**
 * An operator at work in the middle of it all: replays and discards dead letters, repairs orders with the command line,
 * and has the admin page reconcile some. Commands may be killed like functions.
 */
export function startOperator(simulation: Simulation, untilMs: number): void {
  const { chance, scheduler, truth } = simulation;
  startPerson(simulation, 'operator', 0, async (person) => {
    while (scheduler.nowMs() < untilMs) {
      await skipCalm(simulation, person, RESTS_AFTER_MS);
      const isQuiet = scheduler.nowMs() > simulation.quietFromMs;
      await person.wait(chance.between(1, isQuiet ? 30 : 12) * MINUTE_MS);
      const orders = [...truth.orders()];
      const merchantOrderId = orders[chance.below(orders.length)];
      const access = simulation.calm ? 2 : 0;
      switch (
        chance.weighted({ replay: 4, discard: 1, repair: 4, reconcile: 3, resolve: 1, access })
      ) {
        case 'replay':
          await runCommand(simulation, replayAll);
          break;
        case 'discard':
          await runCommand(simulation, discardOne);
          break;
        case 'repair':
          if (merchantOrderId === undefined) break;
          await runCommand(simulation, (container, signal) =>
            repair(container, merchantOrderId, signal),
          );
          break;
        case 'access':
          if (merchantOrderId === undefined) break;
          await runCommand(simulation, (container) => changeAccess(container, merchantOrderId));
          break;
        case 'resolve':
          await runCommand(simulation, resolveOne);
          break;
        case 'reconcile':
          if (merchantOrderId === undefined) break;
          await person.call({
            function: 'reconcile',
            method: 'POST',
            path: '/payments/reconciliation',
            claims: adminClaims,
            body: { transactionId: toTransactionId(merchantOrderId) },
          });
      }
    }
  });

  function openSources(container: Container): Sources {
    const letters = howLettersAreRead(container);
    return connectSources(environmentSecret, container.platform, { producer: 'cli', letters });
  }

  function howLettersAreRead({ actor }: Container) {
    const warn = (line: string) => simulation.trace.tell(actor.name, `says ${line}`);
    return { longPollSeconds: LONG_POLL_SECONDS, warn };
  }

  async function replayAll(container: Container, signal: AbortSignal): Promise<void> {
    const letters = connectLetters(environmentSecret, {
      ...howLettersAreRead(container),
      clients: container.platform,
    });
    const stamp = { replayedBy: 'operator', replayedAt: new Date().toISOString() };
    const { liveUrls } = letters;
    for (const source of letters.sources) {
      await replayLetters(source, { filter: {}, force: false, stamp, liveUrls, signal });
    }
  }

  async function discardOne(container: Container, signal: AbortSignal): Promise<void> {
    const { sources } = connectLetters(environmentSecret, {
      ...howLettersAreRead(container),
      clients: container.platform,
    });
    const source = sources[chance.below(sources.length)];
    if (!source) return;
    await discardLetters(source, {
      // An operator would not throw away what nothing tells a second time, and does what no replay can help.
      isMeant: ({ event, failure }) =>
        event.detailType === 'PaymentInitiated' || failure.kind === 'permanent',
      max: 5,
      signal,
      keep: async (kept) => {
        simulation.watch.discarded(kept.map(({ event }) => event.eventId ?? ''));
      },
    });
  }

  /** Looks at the orders that need an operator, and has seen to one of them. */
  async function resolveOne(container: Container): Promise<void> {
    const { books } = openSources(container);
    for await (const orders of books.listAttention()) {
      const order = orders[chance.below(orders.length)];
      const [attention] = order?.attention ?? [];
      if (!order || !attention) continue;
      const { reason } = attention;
      // Meanwhile more may be found: the word is about what was seen.
      await sleep(chance.between(1, 60) * SECOND_MS);
      const { attentionVersion } = order.item;
      const seen = typeof attentionVersion === 'number' ? attentionVersion : undefined;
      const word = { reason, by: 'operator', why: 'seen to', seen };
      await resolveAttention(books, order.transactionId, word);
      return;
    }
  }

  /** Takes the access of a paid order away, or gives it back where an operator took it. */
  async function changeAccess(container: Container, merchantOrderId: string): Promise<void> {
    const { books, trigger } = openSources(container);
    const word = { by: 'operator', why: 'as agreed with the buyer' };
    const transactionId = toTransactionId(merchantOrderId);
    const isEnded = truth.row(merchantOrderId)?.accessEndReason === 'OPERATOR';
    const run = isEnded ? restoreAccess : endAccess;
    await run(books, transactionId, { word, trigger: { ...trigger, gatewayEvent: 'manual' } });
  }

  async function repair(
    container: Container,
    merchantOrderId: string,
    signal: AbortSignal,
  ): Promise<void> {
    const sources = openSources(container);
    const story = await collectStory(sources, toTransactionId(merchantOrderId), { signal });
    const verdict = judgeStory(story);
    if (!isMendable(verdict)) return;
    if (verdict.needs.has('settle') || verdict.needs.has('publish')) {
      const counts = { published: 0, attentionEnded: 0 };
      await bringIn(sources, story, { needs: verdict.needs, counts });
    }
    if (verdict.needs.has('replay')) {
      const stamp = { replayedBy: 'operator', replayedAt: new Date().toISOString() };
      await putBack(sources, story, { stamp, signal });
    }
  }
}

/** Runs a command in a process of its own; resolves once it has ended, whatever came of it. */
function runCommand(
  simulation: Simulation,
  command: (container: Container, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { scheduler, lambda } = simulation;
  return new Promise((resolve) => {
    const container = createContainer(simulation, 'operator');
    const interrupted = new AbortController();
    const end = () => {
      container.running = undefined;
      container.actor.kill();
      timer.cancel();
      scheduler.after(0, lambda, resolve);
    };
    const timer = scheduler.after(LONGEST_COMMAND_MS, lambda, end);
    container.running = { crash: end, endsAtMs: scheduler.nowMs() + LONGEST_COMMAND_MS };
    // A command that AWS or the gateway fail says so and ends: the operator tries again another time.
    scheduler.enter(container.actor, () => {
      command(container, interrupted.signal).then(end, end);
    });
  });
}
