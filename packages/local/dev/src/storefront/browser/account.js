// Who is signed in, and what the demo knows of them. Values reach the page as text only.

const KEY = 'storefront.userId';

export const signedInUserId = () => localStorage.getItem(KEY) ?? undefined;
export const signIn = (userId) => localStorage.setItem(KEY, userId);
export const signOut = () => localStorage.removeItem(KEY);

/** The last payment this buyer came back from, for the way to its status. */
export const lastPaymentOf = (userId) => localStorage.getItem(`storefront.payment.${userId}`);
export const rememberPayment = (userId, transactionId) =>
  localStorage.setItem(`storefront.payment.${userId}`, transactionId);

/** `{ account }`, or `{ message }` with words for the buyer; `isUnknown` where there is no such user. */
export async function readAccount(userId) {
  try {
    const response = await fetch(`/demo/account/${encodeURIComponent(userId)}`, {
      signal: AbortSignal.timeout(10_000),
    });
    const body = await response.json();
    if (response.ok) return { account: body };
    return { message: body.error.message, isUnknown: response.status === 404 };
  } catch {
    return { message: 'Your account cannot be read right now. Please reload the page.' };
  }
}

/** `pro` is Pro. */
export const tierName = (tier) => tier.charAt(0).toUpperCase() + tier.slice(1);

/** The header's chip. */
export function showWho(account) {
  byId('who').hidden = !account;
  byId('who-email').textContent = account?.email ?? '';
  showTier(byId('who-tier'), account?.tier ?? '');
}

export function showTier(badge, tier) {
  badge.textContent = tierName(tier);
  badge.dataset.tier = tier;
}

export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}
