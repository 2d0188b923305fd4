import { describeRecord, join } from '../../reconcile/one/words.ts';
import type { StoryView } from '../view/describe-story.ts';
import type { Row } from './format-section.ts';

type Access = StoryView['access'];
type Stored = {
  access_tier?: string | undefined;
  accessTier?: string | undefined;
  tier?: string | undefined;
  status?: string | undefined;
};

/** What the buyer holds. */
export function listAccess({ access, order }: StoryView): Row[] {
  return [['user', listUser(access, order.userEmail)], ...listRecords(access)];
}

function listUser({ user, holdings }: Access, orderEmail: string): string {
  if (user === null) return 'gone: no row, or none with an address';
  if ('unread' in user) return notRead(user.unread);
  const otherEmail = user.email === orderEmail ? undefined : user.email;
  return join(user.tier ?? 'no tier', user.status, otherEmail, behind(holdings?.user));
}

function listRecords({ records, holdings }: Access): Row[] {
  if ('unread' in records) return [['records', notRead(records.unread)]];
  return records.flatMap(({ byUserId, byEmail }): Row[] => [
    ['record by user id', listStored(byUserId ? [byUserId] : [], holdings?.byUserId, holdings)],
    ['record by email', listStored(byEmail, holdings?.byEmail, holdings)],
  ]);
}

function listStored(
  stored: readonly Stored[],
  holding: string | undefined,
  holdings: Access['holdings'],
): string {
  if (stored.length === 0) {
    return holdings === null ? 'none' : describeRecord('missing', holdings.isComplete);
  }
  const spelled = stored.map(({ access_tier, accessTier, tier, status }) =>
    join(access_tier ?? accessTier ?? tier ?? 'no tier', status),
  );
  return join(spelled.join('; '), behind(holding));
}

function behind(holding: string | undefined): string | undefined {
  return holding === 'behind' ? 'less than what was paid for' : undefined;
}

function notRead(why: string): string {
  return `could not be read: ${why}`;
}
