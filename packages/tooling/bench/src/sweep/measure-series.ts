import { CONCURRENCY } from '@cloudnestle/reconciliation/sweep/dependencies';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { takeTurns } from '../turns.ts';
import { dueOrderId } from './backends/rows.ts';
import type { SweptGateway } from './backends/start-gateway.ts';
import type { Sweeper } from './start-sweeper.ts';

export interface Sides {
  gateway: SweptGateway;
  sweeper: Sweeper;
  askBare(merchantOrderId: string): Promise<void>;
  /** How many orders there are, in the table and at the gateway. */
  orders: number;
}

/** The milliseconds of both sides, round by round. */
export type Series = [sweptMs: number, bareMs: number][];

/** Asks about all orders again and again, by a sweep and by bare calls in turn, at a gateway that answers so late. */
export async function measureSeries(
  { gateway, sweeper, askBare, orders }: Sides,
  { latencyMs, rounds }: { latencyMs: number; rounds: number },
  onRound: (done: number) => void,
): Promise<Series> {
  const ids = Array.from({ length: orders }, (_, index) => dueOrderId(index));
  const bareMs = async () => {
    const startedAt = performance.now();
    await mapConcurrently(ids, CONCURRENCY, askBare);
    return performance.now() - startedAt;
  };
  await gateway.answerAfter(latencyMs);
  const before = await gateway.statusCalls();
  const series: Series = [];
  for (let round = 0; round < rounds; round += 1) {
    await sweeper.makeDue();
    series.push(await takeTurns(round, sweeper.sweepMs, bareMs));
    onRound(round + 1);
  }
  checkCalls((await gateway.statusCalls()) - before, rounds * orders * 2);
  return series;
}

/** The ratio says something only while both sides make the same calls. */
function checkCalls(seen: number, expected: number): void {
  if (seen === expected) return;
  throw new Error(`expected ${expected} status calls, the gateway saw ${seen}`);
}
