import type { EventToPublish } from '@cloudnestle/contracts/event';
import type { DetailType } from '@cloudnestle/contracts/events/all';

/** Puts one event on the bus. Answers instead of throwing; `failed` means no subscriber will see it. */
export type Publish = (event: EventToPublish<DetailType>) => Promise<PublishAnswer>;

export type PublishAnswer = { kind: 'published' } | { kind: 'failed'; reason: string };
