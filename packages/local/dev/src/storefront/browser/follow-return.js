import { followPayment } from './follow-payment.js';

/** The API asks the gateway meanwhile; a buyer is not kept waiting for longer than this. */
const ANNOUNCE_AT_MOST_MS = 5000;

/** Arguments: follow-return.d.ts. */
export async function followReturn({ announce, ...following }) {
  const announced = announce().catch(() => undefined);
  await Promise.race([announced, following.wait(ANNOUNCE_AT_MOST_MS)]);
  await followPayment(following);
}
