import { userIdSchema } from '@cloudnestle/contracts/ids';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import type { TokenRecord, ValidateDependencies } from './dependencies.ts';

/** Whose token it is, for the search app. */
export interface Holder {
  /** Empty where no record and no user row says it. */
  email: string;
  /** Only of a record by user id, and only where it is one. */
  userId: string | undefined;
}

/** Nobody waits long for an address, and nobody is kept from searching for want of one. */
const ADDRESS_WITHIN_MS = 500;

/** Who holds these records, which are one buyer's. The user's row is only read where no record names an address. */
export async function findHolder(
  { findUser }: Pick<ValidateDependencies, 'findUser'>,
  records: readonly TokenRecord[],
): Promise<Holder> {
  const byUserId = records.find((record) => record.isByUserId);
  const userId = userIdSchema.safeParse(byUserId && ownerOf(byUserId)).data;
  const email = records.map(emailOf).find((each) => each !== undefined);
  if (email !== undefined || userId === undefined) return { email: email ?? '', userId };
  const user = await withTimeout(
    findUser(userId).catch(() => undefined),
    timeLimitMs(ADDRESS_WITHIN_MS),
    () => undefined,
  );
  return { email: user?.email ?? '', userId };
}

function emailOf(record: TokenRecord): string | undefined {
  const { user_email, userEmail } = record.item;
  const owner = record.isByUserId ? undefined : ownerOf(record);
  return [user_email, userEmail, owner].find(
    (each): each is string => typeof each === 'string' && each !== '',
  );
}

function ownerOf({ key }: TokenRecord): string {
  return key.pk.replace(/^user#/, '');
}
