import { readEnvironment } from '../../../environment/read-environment.ts';
import { connectLetters } from '../../../letters/stage-letters.ts';
import { untilInterrupted } from '../../../operator/until-interrupted.ts';
import { print } from '../../../output/print.ts';
import { formatQueues } from './format-queues.ts';
import { lookAtQueues } from './look-at-queues.ts';

export interface ListOptions {
  json?: boolean;
}

/** Counts, looks, gives back, prints. */
export async function runList({ json = false }: ListOptions): Promise<void> {
  const stage = await readEnvironment();
  const queues = await lookAtQueues(connectLetters(stage).sources, untilInterrupted());
  print(json ? { stage: stage.stage, queues } : formatQueues(stage.stage, queues));
}
