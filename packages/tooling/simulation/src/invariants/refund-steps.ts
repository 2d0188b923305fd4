import { defaultTableNames } from '@cloudnestle/topology/tables';
import * as z from 'zod';
import type { Item } from '../aws/dynamo.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Answered, Invariant } from '../parts/watch.ts';
import { owedOf, readRefunds, sumOf } from './refunds.ts';

const { refunds, transactions } = defaultTableNames;

/** The services wait for a minute between two questions, by clocks that may be seconds apart. */
const A_MINUTE_BY_ANY_CLOCK_MS = 40_000;

/** Each state and those that it may follow. */
const ranks: Readonly<Record<string, number>> = {
  REQUESTED: 0,
  REFUSED: 1,
  RESERVED: 1,
  SUBMITTED: 2,
  PENDING: 3,
  CONFIRMED: 4,
  FAILED: 5,
  COMPLETED: 6,
};

/** The gateway is only asked for what is set aside on the order, and never for more than was paid. */
export function refundsAreSetAside({ truth, watch, gateway, aws }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'refundsAreSetAside',
    rule: 'an amount is set aside on its order before the gateway is asked, of a paid order that is not disputed, and what is set aside and paid back is never more than was paid, nor as a duplicate than was paid twice (rules 1 and 6)',
    refundTaken: (refundId) => {
      const made = gateway.engine.refunds.get(refundId);
      if (!made) return;
      const id = made.originalMerchantOrderId;
      const report = (what: string) => watch.report(invariant, id, what);
      const refund = aws.dynamo.peek(refunds, { refundId });
      if (!refund) return report(`the gateway has refund ${refundId}, and no wish asks for it`);
      if (rankOf(refund) < rankOf({ state: 'SUBMITTED' })) {
        report(`refund ${refundId} was sent while it is ${refund.state}`);
      }
      const held = readRefunds(truth.row(id)?.refundHolds)[refundId];
      if (held !== made.amountInPaisa) {
        report(`refund ${refundId} over ${made.amountInPaisa} was sent, and ${held} is set aside`);
      }
    },
    changed: ({ table, before, after }) => {
      if (table !== transactions || !after?.refundHolds) return;
      const [was, holds] = [readRefunds(before?.refundHolds), readRefunds(after.refundHolds)];
      const added = Object.keys(holds).filter((refundId) => !Object.hasOwn(was, refundId));
      // What the gateway has already, of its dashboard, is set aside in any case.
      if (added.every((refundId) => gateway.engine.refunds.get(refundId))) return;
      const id = String(after.merchantOrderId);
      const obstacle = findObstacle(before ?? {});
      if (obstacle !== undefined) {
        watch.report(invariant, id, `${added} was set aside, and the order is ${obstacle}`);
      }
      if (Object.keys(holds).length > 1) {
        watch.report(invariant, id, 'two refunds of one order at once');
      }
      if (sumOf(holds) + sumOf(readRefunds(after.refunds)) > owedOf(after)) {
        watch.report(invariant, id, 'more is set aside than is left');
      }
      if (added.some(isForDuplicate) && takesWhatIsKept(before ?? {}, after)) {
        watch.report(invariant, id, `${added} takes the payment that the buyer keeps`);
      }
    },
  };
  const isForDuplicate = (refundId: string) =>
    aws.dynamo.peek(refunds, { refundId })?.reason === 'DUPLICATE';
  return invariant;
}

/** Of an order that is no duplicate itself one payment is what the buyer wants. */
function takesWhatIsKept({ duplicateOf, completedAttempts = 1 }: Item, after: Item): boolean {
  if (duplicateOf !== undefined) return false;
  const goesBack = sumOf(readRefunds(after.refundHolds)) + sumOf(readRefunds(after.refunds));
  return goesBack > Number(after.amount) * (Number(completedAttempts) - 1);
}

/** What the row said, at the moment of the write, against setting anything aside. */
function findObstacle({ status, disputes = {} }: Item): string | undefined {
  if (status !== 'COMPLETED') return String(status);
  const states = Object.values(disputesSchema.parse(disputes)).map(({ state }) => state);
  return states.some((state) => state !== 'WON') ? 'disputed' : undefined;
}

const disputesSchema = z.record(z.string(), z.object({ state: z.string() }));

const wishSchema = z.object({ transactionId: z.string(), idempotencyKey: z.string() });
const answerSchema = z.object({ refund: z.object({ refundId: z.string() }) });
const refusalSchema = z.object({ refundId: z.string() });

/** One key is one refund, however often it is asked for, and another body under it is refused. */
export function oneRefundForAWish({ watch }: Simulation): Invariant {
  /** `transactionId idempotencyKey` -> what was asked for first, and the refund that it is. */
  const wishes = new Map<string, { refundId: string; bodies: Set<string> }>();
  const invariant: Invariant = {
    name: 'oneRefundForAWish',
    rule: 'one wish is one refund: the same key answers the same refund, and no other body (rules 6 and 9)',
    answered: (answer) => {
      if (answer.call.function === 'refund') check(answer);
    },
  };
  const check = ({ call, result }: Answered) => {
    const wish = wishSchema.safeParse(call.body).data;
    if (!wish) return;
    const refundId =
      answerSchema.safeParse(result.body).data?.refund.refundId ??
      refusalSchema.safeParse(result.body).data?.refundId;
    if (refundId === undefined) return;
    const key = `${wish.transactionId} ${wish.idempotencyKey}`;
    const known = wishes.get(key) ?? { refundId, bodies: new Set<string>() };
    wishes.set(key, known);
    const report = (what: string) =>
      watch.report(invariant, wish.transactionId.replace(/^txn_/, ''), what);
    if (known.refundId !== refundId) report(`one key is refund ${known.refundId} and ${refundId}`);
    if (result.statusCode !== 202) return;
    known.bodies.add(JSON.stringify(call.body));
    if (known.bodies.size > 1) report('one key was taken for two different wishes');
  };
  return invariant;
}

/** Each step of a refund follows from what the gateway itself has said of it. */
export function refundStepsAreTrue(simulation: Simulation): Invariant {
  const { truth, watch, gateway, scheduler } = simulation;
  /** refundId -> when the gateway said that it does not know it, since it was last sent. */
  const notKnown = new Map<string, number[]>();
  const invariant: Invariant = {
    name: 'refundStepsAreTrue',
    rule: 'a refund goes forward by the word of its status alone: sent again or given up once it was twice not known, a minute apart, and done with once its order shows it (rules 3, 6 and 13)',
    refundAsked: (_caller, refundId, isKnown) => {
      const before = isKnown ? [] : (notKnown.get(refundId) ?? []);
      notKnown.set(refundId, isKnown ? [] : [...before, scheduler.nowMs()]);
    },
    changed: ({ table, before, after }) => {
      if (table !== refunds || !before || !after) return;
      const { refundId, merchantOrderId } = after;
      check(before, after, (what) =>
        watch.report(invariant, String(merchantOrderId), `refund ${refundId} ${what}`),
      );
      if (after.submissions !== before.submissions) notKnown.delete(String(refundId));
    },
  };
  const isSurelyNotKnown = (refundId: string) => {
    const times = notKnown.get(refundId) ?? [];
    return (times.at(-1) ?? 0) - (times[0] ?? 0) >= A_MINUTE_BY_ANY_CLOCK_MS;
  };
  const check = (before: Item, after: Item, report: (what: string) => void) => {
    const refundId = String(after.refundId);
    const made = gateway.engine.refunds.get(refundId);
    if (rankOf(after) < rankOf(before)) report(`went back from ${before.state} to ${after.state}`);
    const isAgain = before.submissions !== undefined && after.submissions !== before.submissions;
    if (isAgain && !isSurelyNotKnown(refundId)) report('was sent again, and may have arrived');
    if (after.state !== before.state) {
      if (after.state === 'COMPLETED' && made?.state !== 'COMPLETED') {
        report('counts as paid back, and the gateway has not paid');
      }
      const hasFailed = made ? made.state === 'FAILED' : isSurelyNotKnown(refundId);
      if (after.state === 'FAILED' && !hasFailed) report('was given up, and may have arrived');
    }
    const isDone = before.openShard !== undefined && after.openShard === undefined;
    if (isDone && !isShown(after))
      report(`is ${after.state}, done with, and its order says nothing`);
  };
  const isShown = ({ refundId, merchantOrderId, state }: Item) => {
    const row = truth.row(String(merchantOrderId));
    if (Object.hasOwn(readRefunds(row?.refundHolds), String(refundId))) return false;
    return state !== 'COMPLETED' || Object.hasOwn(readRefunds(row?.refunds), String(refundId));
  };
  return invariant;
}

function rankOf({ state }: Item): number {
  return ranks[String(state)] ?? Number.NaN;
}
