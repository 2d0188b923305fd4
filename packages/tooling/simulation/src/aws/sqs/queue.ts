import type { World } from '../aws.ts';
import { createSortedMap } from '../sorted-map.ts';
import { sqsError } from './errors.ts';
import type { Message } from './message.ts';

export interface QueueDefinition {
  name: string;
  visibilityTimeoutSeconds: number;
  retentionSeconds: number;
  redrive?: { deadLetterQueue: string; maxReceiveCount: number };
}

/** A message as it was handed out. */
export interface Receipt {
  message: Message;
  handle: string;
}

/** Of so many waiting messages any may be handed out next. */
const UNORDERED = 20;
const MOST_IN_FLIGHT = 120_000;
/** Counted from the receive (AWS). */
const MOST_HIDDEN_MS = 43_200_000;
const PURGE_EVERY_MS = 60_000;

/** The messages of one queue: those that can be received, in order, and the hidden ones by when they come back. */
export class Queue {
  readonly definition: QueueDefinition;
  readonly #world: World;
  readonly #deadLetters: Queue | undefined;
  readonly #messages = new Map<string, Message>();
  readonly #waiting = createSortedMap<number, Message>((a, b) => a - b);
  readonly #hidden = createSortedMap<readonly [number, number], Message>(
    (a, b) => a[0] - b[0] || a[1] - b[1],
  );
  #places = 0;
  #delayed = 0;
  #purgedAt: number | undefined;
  readonly #onLost: (queue: string, message: Message) => void;

  constructor(
    definition: QueueDefinition,
    options: {
      world: World;
      /** Where messages go that were received too often. */
      deadLetters: Queue | undefined;
      /** Told of a message that got too old. */
      onLost(queue: string, message: Message): void;
    },
  ) {
    this.definition = definition;
    this.#world = options.world;
    this.#deadLetters = options.deadLetters;
    this.#onLost = options.onLost;
  }

  accept(message: Message, delaySeconds = 0): void {
    this.#messages.set(message.id, message);
    if (delaySeconds > 0) {
      this.#delayed += 1;
      this.#hide(message, this.#world.now() + delaySeconds * 1000);
    } else {
      this.#show(message);
    }
  }

  /** Hands out at most so many messages and hides them. Those that were received too often are moved away instead. */
  receive(most: number, visibilityTimeoutSeconds: number): Receipt[] {
    this.#settle();
    if (this.inFlight >= MOST_IN_FLIGHT) throw sqsError('OverLimit', 'Too many messages in flight');
    const now = this.#world.now();
    const receipts: Receipt[] = [];
    // A message that stays visible is handed out once in one answer.
    const repeated: Message[] = [];
    while (receipts.length < most && this.#waiting.size > 0) {
      const message = this.#take();
      const { redrive } = this.definition;
      if (redrive && this.#deadLetters && message.receiveCount >= redrive.maxReceiveCount) {
        this.#messages.delete(message.id);
        this.#deadLetters.accept({
          ...message,
          movedFrom: this.definition.name,
          isHalfDeleted: false,
        });
        continue;
      }
      message.receiveCount += 1;
      message.firstReceivedAt ??= now;
      message.lastReceivedAt = now;
      receipts.push({ message, handle: this.#handleOf(message) });
      const isRepeated = this.#world.choose(2, 'message-duplicate') === 1;
      if (isRepeated || visibilityTimeoutSeconds === 0) repeated.push(message);
      else this.#hide(message, now + visibilityTimeoutSeconds * 1000);
    }
    for (const message of repeated) this.#show(message);
    return receipts;
  }

  /** SQS answers an older handle than the last one as if it had deleted the message, and keeps it (AWS). */
  delete(handle: string): void {
    this.#settle();
    const message = this.#find(handle);
    if (!message) return;
    if (!message.isHalfDeleted && this.#world.choose(2, 'message-duplicate') === 1) {
      message.isHalfDeleted = true;
      return;
    }
    this.#remove(message);
  }

  changeVisibility(handle: string, seconds: number): void {
    this.#settle();
    const message = this.#find(handle);
    if (!message) {
      throw sqsError(
        'InvalidParameterValue',
        'Value for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.',
      );
    }
    if (message.hiddenUntil === undefined) {
      throw sqsError('MessageNotInflight', 'The message is not in flight');
    }
    const until = this.#world.now() + seconds * 1000;
    if (until > (message.lastReceivedAt ?? 0) + MOST_HIDDEN_MS) {
      throw sqsError(
        'InvalidParameterValue',
        'Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
      );
    }
    this.#unlist(message);
    if (seconds === 0) this.#show(message);
    else this.#hide(message, until);
  }

  /** At most once a minute (AWS). */
  purge(): void {
    const now = this.#world.now();
    if (this.#purgedAt !== undefined && now < this.#purgedAt + PURGE_EVERY_MS) {
      throw sqsError(
        'PurgeQueueInProgress',
        'Only one PurgeQueue operation is allowed every 60 seconds.',
      );
    }
    this.#purgedAt = now;
    this.#messages.clear();
    this.#waiting.clear();
    this.#hidden.clear();
    this.#delayed = 0;
  }

  /** When a receive will find something: now, later, or (undefined) only after a send. */
  get nextVisibleAt(): number | undefined {
    this.#settle();
    return this.#waiting.size > 0 ? this.#world.now() : this.#hidden.minKey()?.[0];
  }

  get counts() {
    this.#settle();
    return { visible: this.#waiting.size, inFlight: this.inFlight, delayed: this.#delayed };
  }

  get inFlight(): number {
    return this.#hidden.size - this.#delayed;
  }

  *messages(): Generator<Message> {
    this.#settle();
    yield* this.#messages.values();
  }

  #take(): Message {
    const window = Math.min(this.#waiting.size, UNORDERED);
    const picked = window > 1 ? this.#world.choose(window, 'message-order') : 0;
    let at = 0;
    for (const [place, message] of this.#waiting.entries()) {
      if (at === picked) {
        this.#waiting.delete(place);
        return message;
      }
      at += 1;
    }
    throw new Error(`there is no waiting message ${picked} of ${window}`);
  }

  #show(message: Message): void {
    this.#places += 1;
    message.place = this.#places;
    message.hiddenUntil = undefined;
    this.#waiting.set(message.place, message);
  }

  #hide(message: Message, until: number): void {
    this.#places += 1;
    message.place = this.#places;
    message.hiddenUntil = until;
    this.#hidden.set([until, message.place], message);
  }

  #unlist(message: Message): void {
    if (message.hiddenUntil === undefined) {
      this.#waiting.delete(message.place);
      return;
    }
    this.#hidden.delete([message.hiddenUntil, message.place]);
    if (message.receiveCount === 0) this.#delayed -= 1;
  }

  #remove(message: Message): void {
    this.#unlist(message);
    this.#messages.delete(message.id);
  }

  /** Shows what was hidden until now, and loses what was kept too long. */
  #settle(): void {
    const now = this.#world.now();
    for (;;) {
      const first = this.#hidden.minKey();
      if (!first || first[0] > now) break;
      const message = this.#hidden.get(first);
      if (!message) break;
      this.#unlist(message);
      this.#show(message);
    }
    const bornAfter = now - this.definition.retentionSeconds * 1000;
    for (const message of this.#messages.values()) {
      // In the order of arrival, which for moved messages is not quite the order of sending: those go a little late.
      if (message.sentAt > bornAfter) return;
      this.#remove(message);
      this.#onLost(this.definition.name, message);
    }
  }

  #handleOf({ id, receiveCount }: Message): string {
    return `${this.definition.name}/${id}/${receiveCount}`;
  }

  /** The message that a handle is the last one of; undefined where it was deleted or received again since. */
  #find(handle: string): Message | undefined {
    const [queue, id = '', count] = handle.split('/');
    if (queue !== this.definition.name || count === undefined) {
      throw sqsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
    }
    const message = this.#messages.get(id);
    return message && String(message.receiveCount) === count ? message : undefined;
  }
}
