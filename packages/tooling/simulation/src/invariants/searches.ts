import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';

/** What every registered buyer may search in a day. */
const FREE_SEARCHES = 10;

/** The searches of a day never pass the limit of the tier, and a buyer who has paid is not counted. */
export function searchesWithinLimit({ truth, watch }: Simulation): Invariant {
  const counted = new Map<string, number>();
  const invariant: Invariant = {
    name: 'searchesWithinLimit',
    rule: 'the searches of a day never pass the limit, however many clients ask at once',
    answered: ({ call, result, startedAtMs }) => {
      if (call.function !== 'validateToken' || result.body.allowed !== true) return;
      if (result.body.access_tier !== 'registered') return;
      const body = bodyOf(call.body);
      if (body.check_only === true || typeof body.token !== 'string') return;
      const userId = ownerOf(body.token);
      // A payment that comes while a search is being counted makes it one of the unlimited.
      if (truth.ordersOf(userId).some(truth.isPaid)) return;
      // By the server's own day, whose clock may be seconds off: only searches well inside a day are compared.
      const key = `${body.token} ${Math.floor(startedAtMs / 86_400_000)}`;
      const count = (counted.get(key) ?? 0) + 1;
      counted.set(key, count);
      const { daily_used: used } = bodyOf(result.body.quota);
      if (count > FREE_SEARCHES + slackOf(startedAtMs)) {
        watch.report(invariant, userId, `search ${count} of a day was allowed`);
      }
      if (typeof used === 'number' && used > FREE_SEARCHES) {
        watch.report(invariant, userId, `search ${used} of a day was allowed`);
      }
    },
  };
  const owners = new Map<string, string>();
  const ownerOf = (token: string) => {
    if (owners.size < truth.buyers.size) {
      for (const buyer of truth.buyers.values()) owners.set(buyer.token, buyer.userId);
    }
    return owners.get(token) ?? token;
  };
  return invariant;
}

/** Around midnight a search may count for either day. */
function slackOf(atMs: number): number {
  const intoDayMs = atMs % 86_400_000;
  return intoDayMs < 60_000 || intoDayMs > 86_340_000 ? FREE_SEARCHES : 0;
}

function bodyOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
