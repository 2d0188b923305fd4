import type { HttpAnswer, HttpRequest } from '@cloudnestle/payments/gateway-tools';
import type { Engine } from '@cloudnestle/phonepe-sandbox/create-engine';
import type { Order } from '@cloudnestle/phonepe-sandbox/orders/order';
import type { SampleRequest } from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-order';
import type { SignedWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/sign-webhook';
import type { SimulatedAws } from '../aws/create-aws.ts';
import type { Item } from '../aws/dynamo.ts';
import type { Chance } from '../chance/create-chance.ts';
import type { LateEffects } from '../clients/late-effects.ts';
import type { Faults } from '../faults/create-faults.ts';
import type { Coverage } from '../tally/create-coverage.ts';
import type { Actor } from '../time/actor.ts';
import type { Scheduler } from '../time/scheduler.ts';
import type { Container } from './container.ts';
import type { HttpFront } from './http.ts';
import type { Watch } from './watch.ts';

/** One world under simulation: everything that its parts know of each other. */
export interface Simulation {
  scheduler: Scheduler;
  /** From then on nothing fails any more. */
  quietFromMs: number;
  /** Where passes are sold: the weeks until the first of them end. */
  calm: Calm | undefined;
  /** Latencies, orders, and what the services themselves leave to chance. */
  chance: Chance;
  faults: Faults;
  coverage: Coverage;
  trace: Trace;
  /** Sees everything that can be seen, and holds it to the rules. */
  watch: Watch;
  aws: SimulatedAws;
  lateEffects: LateEffects;
  truth: Truth;
  gateway: GatewayModel;
  front: HttpFront;
  ids: { next(): string };
  /** Numbers the containers. */
  nextContainer(): number;
  /** AWS's and the gateway's side of the wires. */
  network: Actor;
  /** Lambda itself, its pollers and its schedule. */
  lambda: Actor;
  gatewayActor: Actor;
}

/** Weeks in which nothing fails and no buyer comes; operators see to what is left, and rest. */
export interface Calm {
  fromMs: number;
  untilMs: number;
}

/** The gateway: the sandbox's own engine on virtual time, and what buyers and its operators do there. */
export interface GatewayModel {
  /** One call of the API, carried out at once. */
  answer(request: HttpRequest): HttpAnswer;
  /** What is there; for invariants. */
  readonly engine: Engine;
  /** What a buyer or the gateway's operator does at the gateway, as the gateway's own step. */
  act<T>(work: (engine: Engine) => T): T;
  /**
   * The same order is paid once more by another attempt: the buyer had two tabs of its page. The bank dates it back by
   * `earlierByMs`.
   */
  payAgain(merchantOrderId: string, earlierByMs: number): boolean;
  /** A webhook that only claims something, signed as ours or not. */
  signSample(request: SampleRequest, options: { isForged: boolean }): SignedWebhook;
}

/** A call as it is told. */
export interface TracedCall {
  dependency: string;
  operation: string;
  input: unknown;
}

/** What happens, step by step, as lines for people. Costs nothing while it is off. */
export interface Trace {
  /** Ask before building something to be told. */
  readonly isOn: boolean;
  call(container: Pick<Container, 'actor'>, call: TracedCall, outcome: string): void;
  /** Anything else: `who` did or met `what`; `about` names whom and what it concerns. */
  tell(who: string, what: string, about?: string): void;
}

/** What is so, whatever the services believe: who there is, what was ordered, what the gateway has taken. */
export interface Truth {
  buyers: ReadonlyMap<string, Buyer>;
  add(buyer: Buyer): void;
  /** Merchant order ids of every order that was ever written for a buyer. */
  ordersOf(userId: string): readonly string[];
  /** Every order that was ever written. */
  orders(): Iterable<string>;
  /** The order's row as it is now. */
  row(merchantOrderId: string): Item | undefined;
  /** The order as the gateway has it now. */
  atGateway(merchantOrderId: string): Order | undefined;
  /** Whether the gateway has taken money for it. */
  isPaid(merchantOrderId: string): boolean;
  user(userId: string): Item | undefined;
}

/** What a buyer wants to buy. */
export interface Wish {
  tier: string;
  planId?: string;
}

/** A buyer with an account, as the marketplace knows them before they pay. */
export interface Buyer {
  userId: string;
  /** In the user's row; may change. */
  email: string;
  /** Of the entitlement records; undefined: there is none yet, and a payment makes one. */
  token: string;
  records: 'both' | 'byUserId' | 'byEmail' | 'none';
  isSuspended: boolean;
  /** Of a buyer who is suspended in the middle of it. */
  suspendedAtMs?: number;
  /** What the next click asks for. */
  wish: Wish;
  /** What they had before: the lowest tier, pro given by hand, or a tier that no catalogue of ours has. */
  tier: 'registered' | 'pro' | 'gold';
}

/** What came of one invocation, as Lambda tells it. */
export type Invocation =
  | {
      kind: 'answered';
      result: unknown;
      startedAtMs: number;
      endedAtMs: number;
      /** The container was held up meanwhile, or its clock is off. */
      isHeldUp: boolean;
    }
  | { kind: 'threw'; error: unknown }
  | { kind: 'timedOut'; afterSeconds: number }
  /** The container died. */
  | { kind: 'crashed' }
  /** There is no room for another one: nothing ran. */
  | { kind: 'throttled' };

/** A function and its containers. */
export interface FunctionPool {
  /** Runs the function once; `done` is called exactly once, later. */
  invoke(event: unknown, done: (invocation: Invocation) => void): void;
}
