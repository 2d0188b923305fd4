import type { Order } from '@cloudnestle/phonepe-sandbox/orders/order';
import type { Item } from '../aws/dynamo.ts';
import type { Buyer } from './buyer.ts';

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
