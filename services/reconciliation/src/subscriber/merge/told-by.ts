import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import { isMap, readMap } from './add-to-map.ts';
import { readEnding } from './ending.ts';

const REFUND = 'refund ';

/**
 * The change, with the teller's name at all that becomes of the order by it (`toldBy`). Written together, so that after a
 * lost answer or a death the row still says who counts it: the same event, delivered again. What another publisher tells
 * later is no news.
 */
export function noteTeller(
  item: Record<string, unknown>,
  change: ItemChange,
  teller: string,
): ItemChange {
  const told = readMap(item, 'toldBy');
  const news = listNews(item, change).filter((what) => !Object.hasOwn(told ?? {}, what));
  if (news.length === 0) return change;
  if (!told) {
    const toldBy = Object.fromEntries(news.map((what) => [what, teller]));
    return {
      ...change,
      set: { ...change.set, toldBy },
      basedOn: [...change.basedOn, 'toldBy'],
    };
  }
  const paths = news.map((what) => `toldBy.${what}`);
  return {
    ...change,
    set: { ...change.set, ...Object.fromEntries(paths.map((path) => [path, teller])) },
    basedOn: [...change.basedOn, 'toldBy', ...paths],
  };
}

/** Counts what the row says became of the order by this teller's word. */
export function countTold(metrics: Metrics, row: Record<string, unknown>, teller: string): void {
  for (const what of listTold(row, teller)) {
    if (what === 'abandoned') metrics.count('OrderAbandoned');
    else if (what === 'paid' || what === 'failed')
      metrics.count('OrderFailed', what === 'failed' ? 1 : 0);
    else if (what === 'revoked') metrics.count('AccessRevoked');
    else if (what.startsWith(REFUND)) metrics.count('RefundRecorded');
  }
}

/** What the row says became of the order by this teller's word: `paid`, `failed`, `abandoned`, `revoked`, `refund {id}`. */
export function listTold(row: Record<string, unknown>, teller: string): string[] {
  const told = Object.entries(readMap(row, 'toldBy') ?? {});
  return told.filter(([, by]) => by === teller).map(([what]) => what);
}

/** Each way to end is news once; a refund and the end of access are, where the change brings them. */
function listNews(item: Record<string, unknown>, { set }: ItemChange): string[] {
  const ending = readEnding({ ...item, ...set });
  const refunds = Object.keys(set).flatMap((path) =>
    path.startsWith('refunds.') ? [path.slice('refunds.'.length)] : [],
  );
  const firstRefunds = isMap(set.refunds) ? Object.keys(set.refunds) : [];
  return [
    ...(ending !== undefined && ending !== readEnding(item) ? [ending] : []),
    ...(set.accessRevokedAt === undefined ? [] : ['revoked']),
    ...[...refunds, ...firstRefunds].map((id) => `${REFUND}${id}`),
  ];
}
