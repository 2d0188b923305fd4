import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';
import { accessOnlyForMoney, accessStands, paidHasAccess, revokedGivesNothing } from './access.ts';
import { answersAreTrue, answersInTime } from './answers.ts';
import { factsNeedAPerson, gaugesAreRight } from './attention.ts';
import { claimsKnowTheirClaimant } from './claims.ts';
import { documentsAreWhole, numbersHaveNoGap } from './documents.ts';
import { lettersSayWhy, noEventIsLost } from './events.ts';
import { logsSayNothingPersonal } from './logs.ts';
import { mailsAreNoted, oneMailOfAKind } from './mails.ts';
import { countsAreNeverShort } from './metrics.ts';
import { amountsAddUp, secondChargeIsSeen } from './money.ts';
import {
  failuresAreTrue,
  oneCurrentOrder,
  openUntilDone,
  rowComesFirst,
  statusGoesForward,
} from './order-state.ts';
import { coverIsKept, endsToTheSecond, fieldsFollowEnds } from './passes.ts';
import { recordsEndAsSaid } from './records.ts';
import { oneRefundForAWish, refundStepsAreTrue, refundsAreSetAside } from './refund-steps.ts';
import { refundsAddUp, refundsAreKept, refundsAreTrue } from './refunds.ts';
import { searchesWithinLimit } from './searches.ts';
import { webhookAnswersForWhatItDid } from './webhook.ts';

/** Every rule that a run is held to. */
export const allInvariants: readonly ((simulation: Simulation) => Invariant)[] = [
  accessOnlyForMoney,
  accessStands,
  paidHasAccess,
  revokedGivesNothing,
  statusGoesForward,
  rowComesFirst,
  openUntilDone,
  oneCurrentOrder,
  searchesWithinLimit,
  oneMailOfAKind,
  mailsAreNoted,
  secondChargeIsSeen,
  amountsAddUp,
  noEventIsLost,
  lettersSayWhy,
  logsSayNothingPersonal,
  answersInTime,
  answersAreTrue,
  failuresAreTrue,
  recordsEndAsSaid,
  claimsKnowTheirClaimant,
  refundsAreTrue,
  refundsAreKept,
  refundsAddUp,
  refundsAreSetAside,
  oneRefundForAWish,
  refundStepsAreTrue,
  webhookAnswersForWhatItDid,
  factsNeedAPerson,
  gaugesAreRight,
  countsAreNeverShort,
  endsToTheSecond,
  coverIsKept,
  fieldsFollowEnds,
  numbersHaveNoGap,
  documentsAreWhole,
];
