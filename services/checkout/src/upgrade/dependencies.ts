import type { FindUser } from '@cloudnestle/payments/access/read-access-items';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { PaymentGateway } from '@cloudnestle/payments/gateway';
import type { Publish } from '@cloudnestle/payments/publish';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { Budget } from './budget.ts';
import type { CheckoutSlots } from './checkout-slots.ts';
import type { Claim } from './claim.ts';
import type { OrderRows } from './order-rows.ts';
import type { Purchase } from './read-purchase.ts';

export interface UpgradeDependencies
  extends Pick<Platform, 'log' | 'metrics' | 'now' | 'newId' | 'randomInt'> {
  catalogue: Catalogue;
  gateway: PaymentGateway;
  publish: Publish;
  findUser: FindUser;
  slots: CheckoutSlots;
  rows: OrderRows;
  sleep(ms: number): Promise<unknown>;
}

/** Who asked, and how long it may take. */
export interface RequestContext {
  requestId: string;
  traceparent: string | undefined;
  budget: Budget;
}

/** One buyer's upgrade call, past the question of who they are. */
export interface Attempt {
  purchase: Purchase;
  claim: Claim;
  context: RequestContext;
  /** What the buyer holds now. */
  currentTier: string;
}
