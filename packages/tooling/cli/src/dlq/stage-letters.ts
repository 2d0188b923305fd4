import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import type { LetterSource } from '@cloudnestle/operations/letters/go-through-letters';
import {
  findDeadLetterQueue,
  listDeadLetterQueues,
} from '@cloudnestle/operations/letters/stage-queues';
import type { ClientSource } from '@cloudnestle/runtime/clients/factories';
import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';
import { tell } from '../output/print.ts';
import { shell } from '../shell.ts';

/** Where a stage's letters lie and where they go. */
export interface StageLetters {
  /** Every dead-letter queue. */
  sources: LetterSource[];
  /** The dead-letter queue of that name; an `OperatorError` where there is none. */
  find(name: string): LetterSource;
  /** The url of each subscriber's live queue. */
  liveUrls: Readonly<Record<string, string>>;
}

/** The letters of a stage, read at the pace of the command that is running. */
export function connectLetters(stage: EnvironmentSecret, clients?: ClientSource): StageLetters {
  const liveUrls = Object.fromEntries(
    Object.entries(stage.queues).map(([name, { url }]) => [name, url]),
  );
  const common = {
    sqs: createSqsClient(clients),
    subscribers: liveUrls,
    longPollSeconds: shell().pace.longPollSeconds,
    warn: tell,
  };
  return {
    sources: listDeadLetterQueues(stage).map((queue) => ({ ...common, queue })),
    find: (name) => ({ ...common, queue: findDeadLetterQueue(stage, name) }),
    liveUrls,
  };
}
