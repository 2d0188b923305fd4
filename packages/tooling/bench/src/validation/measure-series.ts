import { takeTurns } from '../turns.ts';
import type { Searcher } from './cloud/records.ts';
import type { SearchedCloud } from './cloud/start-cloud.ts';
import { CONCURRENCY, measurePass, type Pass } from './measure-pass.ts';
import type { Side, Sides } from './sides.ts';

/** Each once in a pass: short ones in turn, so that what else the machine does hits both sides alike. */
export const USERS = 250;

/** Several passes of one side. */
export interface Passes {
  perSecond: number;
  /** Of the validations that began one by one, each when another one had ended. */
  times: number[];
  /** Passes that had to be made once more. */
  lost: number;
}

/** Both sides, round by round. */
export type Series = [handler: Passes, bare: Passes][];

/** Rounds of passes of both sides in turn. */
export async function measureSeries(
  cloud: SearchedCloud,
  { handler, bare }: Sides,
  searcher: Searcher,
  { rounds, passes }: { rounds: number; passes: number },
  onRound: (done: number) => void,
): Promise<Series> {
  const passOf = (side: Side) => () => measurePass(cloud, side, { searcher, users: USERS });
  const series: Series = [];
  for (let round = 0; round < rounds; round += 1) {
    const pairs: [Pass, Pass][] = [];
    for (let turn = 0; turn < passes; turn += 1) {
      pairs.push(await takeTurns(turn, passOf(handler), passOf(bare)));
    }
    series.push([pool(pairs.map(([pass]) => pass)), pool(pairs.map(([, pass]) => pass))]);
    onRound(round + 1);
  }
  return series;
}

function pool(passes: readonly Pass[]): Passes {
  const sumOf = (count: (pass: Pass) => number) =>
    passes.reduce((sum, pass) => sum + count(pass), 0);
  return {
    perSecond: (passes.length * USERS * 1000) / sumOf(({ durationMs }) => durationMs),
    times: passes.flatMap(({ times }) => times.slice(CONCURRENCY)),
    lost: sumOf(({ lost }) => lost),
  };
}
