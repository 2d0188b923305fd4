import {
  type Dispute,
  type DisputeState,
  disputeSchema,
} from '@cloudnestle/contracts/items/dispute';

type Disputes = Readonly<Record<string, Dispute>>;

/** The disputes on an order's row. One that cannot be read counts as open: no money moves beside it. */
export function readDisputes({ disputes }: Readonly<Record<string, unknown>>): Disputes {
  if (typeof disputes !== 'object' || disputes === null || Array.isArray(disputes)) return {};
  return Object.fromEntries(
    Object.entries(disputes).map(([id, stored]) => [
      id,
      disputeSchema.safeParse(stored).data ?? unreadable,
    ]),
  );
}

const unreadable: Dispute = {
  state: 'OPEN',
  since: '1970-01-01T00:00:00.000Z',
  at: '1970-01-01T00:00:00.000Z',
  gatewayState: 'unreadable',
};

/** What the gateway's word means: `WON`, `LOST`, and everything before. */
export function toDisputeState(gatewayState: string): DisputeState {
  if (/(^|_)WON$/.test(gatewayState)) return 'WON';
  return /(^|_)LOST$/.test(gatewayState) ? 'LOST' : 'OPEN';
}

/** What says more comes later. Of two decisions the lost one stands: no money goes back on a doubt. */
const byStrength: readonly DisputeState[] = ['OPEN', 'WON', 'LOST'];

/**
 * A dispute after one more word about it: the same for any order and number of the words. Of several words for one state
 * the one that sorts first is kept, with the earliest time; the order's history has them all.
 */
export function joinDispute(
  known: Dispute | undefined,
  said: { gatewayState: string; at: string },
): Dispute {
  const state = toDisputeState(said.gatewayState);
  if (known === undefined) return { ...said, state, since: said.at };
  const since = earlier(known.since, said.at);
  if (state !== known.state) {
    const isStronger = byStrength.indexOf(state) > byStrength.indexOf(known.state);
    return isStronger ? { ...said, state, since } : { ...known, since };
  }
  return {
    state,
    since,
    at: earlier(known.at, said.at),
    gatewayState: earlier(known.gatewayState, said.gatewayState),
  };
}

/** Of two texts the one that sorts first. */
function earlier(a: string, b: string): string {
  return [a, b].toSorted()[0] ?? a;
}

/** What keeps money from going back: an open dispute, or a lost one. */
export function findDisputeInTheWay(disputes: Disputes): 'OPEN' | 'LOST' | undefined {
  const states = Object.values(disputes).map(({ state }) => state);
  if (states.includes('LOST')) return 'LOST';
  return states.includes('OPEN') ? 'OPEN' : undefined;
}
