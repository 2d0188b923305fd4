import type { MetricName } from '@cloudnestle/contracts/metric-names';
import type { Change } from '../aws/dynamo.ts';
import type { Mail } from '../aws/ses.ts';
import type { Message } from '../aws/sqs.ts';
import type { Container } from './container.ts';
import type { HttpCall, HttpResult } from './http.ts';

/** One line of a function's log. */
export interface LoggedLine {
  container: Container;
  level: 'info' | 'warn' | 'error';
  message: string;
  fields: Readonly<Record<string, unknown>>;
}

/** One HTTP call that a function has answered, whether or not the answer arrived. */
export interface Answered {
  call: HttpCall;
  /** When the function began to work on it. */
  startedAtMs: number;
  endedAtMs: number;
  result: Extract<HttpResult, { kind: 'answered' }>;
  /** Its container was held up, or its clock is off: its time says nothing. */
  isHeldUp: boolean;
}

/** An event that the bus took, on its way to one queue. */
export interface AcceptedEvent {
  queue: string;
  /** `PaymentCompleted` */
  type: string;
  eventId: string;
  correlationId: string;
  data: Readonly<Record<string, unknown>>;
}

/** Everything that can be seen of a run. */
export interface Sight {
  changed(change: Change): void;
  logged(line: LoggedLine): void;
  counted(name: MetricName, value: number): void;
  mailed(mail: Mail): void;
  /** The bus took an event that a rule sends to a queue. */
  eventAccepted(event: AcceptedEvent): void;
  /** A function or an operator put a message into a queue by a call of its own. */
  messageSent(queue: string, body: string, attributes: Readonly<Record<string, string>>): void;
  /** An AWS call took effect, and its repeat was refused because of that: the caller lost to itself. */
  lostToItself(caller: string, operation: string, input: unknown): void;
  /** A function is done with a message of its live queue. `delivery`: `messageId receiveCount`. */
  messageDone(queue: string, delivery: string, body: string): void;
  messageLost(queue: string, message: Message): void;
  answered(answer: Answered): void;
  /** A function of this name was given the gateway's word on an order, if only that it knows none such. */
  asked(caller: string, merchantOrderId: string): void;
  /** The gateway was asked to open an order, and did. */
  orderPlaced(merchantOrderId: string, amountInPaisa: number): void;
  /** A function of this name was given the gateway's word on a refund; `isKnown`: the gateway has it. */
  refundAsked(caller: string, merchantRefundId: string, isKnown: boolean): void;
  /** The gateway was asked by a function to pay back, and took it. */
  refundTaken(merchantRefundId: string): void;
  /** Operators took letters out of a dead-letter queue for good. */
  discarded(eventIds: readonly string[]): void;
}

/** A rule that was broken. */
export interface Violation {
  /** The invariant's name. */
  invariant: string;
  rule: string;
  /** The order or buyer that it befell. */
  subject: string;
  what: string;
}

/** One thing that must always hold. */
export interface Invariant extends Partial<Sight> {
  /** `accessOnlyForMoney` */
  name: string;
  /** In words, with the rule's number in the architecture where it has one. */
  rule: string;
  /** After so many hours of the quiet time; asked at each of `CHECKED_AFTER_HOURS`. */
  afterHours?(hours: number): void;
  /** Once everything has settled. */
  atEnd?(): void;
}

export interface Watch extends Sight {
  add(invariant: Invariant): void;
  /** Notes that an invariant does not hold. */
  report(invariant: Invariant, subject: string, what: string): void;
  readonly violations: readonly Violation[];
  /** Ends the run: something is wrong with the simulation itself. */
  broke(error: unknown): void;
  readonly error: unknown;
  afterHours(hours: number): void;
  end(): void;
}

/** When invariants look at what must have settled by then. */
export const CHECKED_AFTER_HOURS = [1, 7, 25] as const;
