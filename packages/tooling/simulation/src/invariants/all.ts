import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';
import { accessOnlyForMoney, accessStands, paidHasAccess } from './access.ts';
import { answersAreTrue, answersInTime } from './answers.ts';
import { lettersSayWhy, noEventIsLost } from './events.ts';
import { logsSayNothingPersonal } from './logs.ts';
import { mailsAreNoted, oneMailOfAKind } from './mails.ts';
import { amountsAddUp, secondChargeIsSeen } from './money.ts';
import { oneCurrentOrder, openUntilDone, rowComesFirst, statusGoesForward } from './order-state.ts';
import { searchesWithinLimit } from './searches.ts';

/** Every rule that a run is held to. */
export const allInvariants: readonly ((simulation: Simulation) => Invariant)[] = [
  accessOnlyForMoney,
  accessStands,
  paidHasAccess,
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
];
