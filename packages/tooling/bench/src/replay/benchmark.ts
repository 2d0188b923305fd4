import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';
import type { BenchmarkOptions, Findings, Measure } from '../benchmark.ts';
import { pointSdkAt } from '../point-sdk.ts';
import { median, spreadOfRatios } from '../statistics.ts';
import { startRecordingCloud } from '../throughput/start-cloud.ts';
import { takeTurns } from '../turns.ts';
import { heapInUseKb } from './heap.ts';
import { createQueues, putLetters } from './letters.ts';
import { createReplaySide, moveBare, type Side } from './sides.ts';

const LETTERS = 10_000;

/** Letters replayed per second over a bare loop, and the heap that a replay holds on to. */
export async function measureReplay({ quick, progress }: BenchmarkOptions): Promise<Findings> {
  const [rounds, letters] = quick ? [2, 1000] : [8, LETTERS];
  const cloud = await startRecordingCloud();
  pointSdkAt({ awsEndpoint: cloud.endpoint, awsRegion: 'us-east-1' });
  const sqs = createSqsClient();
  try {
    const queues = await createQueues(sqs);
    const measure = (side: Side) => async () => {
      await putLetters(sqs, queues.dead, letters);
      const ms = await side(sqs, queues, letters);
      await sqs.send(new PurgeQueueCommand({ QueueUrl: queues.live }));
      return (letters * 1000) / ms;
    };
    const replay = createReplaySide();
    await takeTurns(0, measure(replay), measure(moveBare));
    const heap = await measureHeap(measure, letters);
    const pairs: [number, number][] = [];
    for (let round = 0; round < rounds; round += 1) {
      pairs.push(await takeTurns(round, measure(replay), measure(moveBare)));
      progress((round + 1) / rounds);
    }
    return toFindings(pairs, heap, letters);
  } finally {
    sqs.destroy();
    cloud.stop();
  }
}

/** The heap early in a replay and at its end, in kilobytes. */
async function measureHeap(
  measure: (side: Side) => () => Promise<unknown>,
  letters: number,
): Promise<{ early: number; late: number }> {
  const seen: number[] = [];
  const marks = [letters / 10, letters];
  const look = (moved: number) => {
    if (moved >= (marks[seen.length] ?? Number.POSITIVE_INFINITY)) seen.push(heapInUseKb());
  };
  await measure(createReplaySide(look))();
  const [early = Number.NaN, late = Number.NaN] = seen;
  return { early, late };
}

function toFindings(
  pairs: readonly [number, number][],
  { early, late }: { early: number; late: number },
  letters: number,
): Findings {
  const rate: Measure = {
    what: 'dead letters replayed',
    unit: 'letters/s',
    measured: median(pairs.map(([replayed]) => replayed)),
    baseline: median(pairs.map(([, bare]) => bare)),
    ratio: spreadOfRatios(pairs),
    goal: { atLeast: 0.7 },
  };
  const heap: Measure = {
    what: 'heap of a replay: at its end over early on',
    unit: 'KB',
    measured: late,
    baseline: early,
    ratio: spreadOfRatios([[late, early]]),
    goal: { atMost: 1.1 },
  };
  return {
    measures: [rate, heap],
    notes: [
      `${pairs.length} rounds of ${letters} letters each, from the first call to the last letter deleted; bare: the same three batch calls with as many workers, parsing nothing; the cloud in another process. The heap is looked at after a full collection, when a tenth of the letters was moved and when all were.`,
    ],
  };
}
