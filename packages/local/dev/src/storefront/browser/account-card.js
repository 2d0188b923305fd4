import { byId, showTier, tierName } from './account.js';

/** Plan, quota and access records of the buyer who is signed in. */
export function showAccount(account) {
  byId('account-email').textContent = account.email;
  showTier(byId('account-tier'), account.tier);
  const { dailyQuota, usedToday } = account.quota;
  byId('quota-words').textContent =
    dailyQuota === null ? `Unlimited, ${usedToday} today` : `${usedToday} of ${dailyQuota} today`;
  const used = byId('quota-used');
  used.hidden = dailyQuota === null;
  used.max = dailyQuota ?? 1;
  used.value = dailyQuota === null ? 0 : usedToday;
  byId('records').replaceChildren(
    ...(account.entitlements.length ? account.entitlements.map(recordItem) : [item('None yet')]),
  );
}

const recordNames = { byUserId: 'By user id', byEmail: 'By email' };

function recordItem({ record, accessTier, status }) {
  const name = recordNames[record] ?? record;
  return item(`${name}: ${tierName(accessTier)}${status === 'active' ? '' : ` (${status})`}`);
}

function item(words) {
  const element = document.createElement('li');
  element.textContent = words;
  return element;
}
