import type { Trigger } from '@cloudnestle/payments/build-events';
import type { connectOperations } from '../connect-operations.ts';
import type { FindUsersByEmail, OrderIndex } from '../find-order.ts';
import type { StageLetters } from '../letters/stage-letters.ts';
import type { LedgerDependencies } from '../mails/ledger.ts';
import type { RefundSources } from '../refunds/refunds-of-order.ts';

/** Where the story of an order is read, and through which it is mended: the parts that the functions run on. */
export interface Sources {
  stage: string;
  books: ReturnType<typeof connectOperations>;
  /** Who is sending and has sent which mail. */
  ledger: LedgerDependencies;
  /** The refunds' rows: of an order by the index, and each as it stands. */
  refunds: RefundSources;
  orderIndex: OrderIndex;
  findUsersByEmail: FindUsersByEmail;
  letters: StageLetters;
  /** Who publishes, as the events say it. */
  trigger: Trigger;
}
