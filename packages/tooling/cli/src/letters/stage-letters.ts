import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import type { ClientSource } from '@cloudnestle/runtime/clients/factories';
import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';
import { findDeadLetterQueue, listDeadLetterQueues } from '../environment/stage-queues.ts';
import type { LetterSource } from './go-through-letters.ts';

/** Where a stage's letters lie and where they go. */
export interface StageLetters {
  /** Every dead-letter queue. */
  sources: LetterSource[];
  /** The dead-letter queue of that name; a `CliError` where there is none. */
  find(name: string): LetterSource;
  /** The url of each subscriber's live queue. */
  liveUrls: Readonly<Record<string, string>>;
}

export function connectLetters(stage: EnvironmentSecret, source?: ClientSource): StageLetters {
  const sqs = createSqsClient(source);
  const liveUrls = Object.fromEntries(
    Object.entries(stage.queues).map(([name, { url }]) => [name, url]),
  );
  return {
    sources: listDeadLetterQueues(stage).map((queue) => ({ sqs, queue, subscribers: liveUrls })),
    find: (name) => ({ sqs, queue: findDeadLetterQueue(stage, name), subscribers: liveUrls }),
    liveUrls,
  };
}
