import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import type { ClientSource } from '@cloudnestle/runtime/clients/factories';
import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';
import type { LetterSource } from './go-through-letters.ts';
import { findDeadLetterQueue, listDeadLetterQueues } from './stage-queues.ts';

/** Where a stage's letters lie and where they go. */
export interface StageLetters {
  /** Every dead-letter queue. */
  sources: LetterSource[];
  /** The dead-letter queue of that name; an `OperatorError` where there is none. */
  find(name: string): LetterSource;
  /** The url of each subscriber's live queue. */
  liveUrls: Readonly<Record<string, string>>;
}

/** The letters of a stage; `options` are how every one of its queues is read. */
export function connectLetters(
  stage: EnvironmentSecret,
  options: Pick<LetterSource, 'longPollSeconds' | 'warn'> & { clients?: ClientSource | undefined },
): StageLetters {
  const { clients, ...rest } = options;
  const liveUrls = Object.fromEntries(
    Object.entries(stage.queues).map(([name, { url }]) => [name, url]),
  );
  const common = { ...rest, sqs: createSqsClient(clients), subscribers: liveUrls };
  return {
    sources: listDeadLetterQueues(stage).map((queue) => ({ ...common, queue })),
    find: (name) => ({ ...common, queue: findDeadLetterQueue(stage, name) }),
    liveUrls,
  };
}
