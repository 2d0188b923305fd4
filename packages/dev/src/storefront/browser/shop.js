import {
  byId,
  lastPaymentOf,
  readAccount,
  showWho,
  signedInUserId,
  signIn,
  signOut,
} from './account.js';
import { showAccount } from './account-card.js';
import { allowUpgrade, resetUpgrade, upgrade } from './upgrade.js';

let account;

for (const button of document.querySelectorAll('[data-user-id]')) {
  button.addEventListener('click', async () => {
    signIn(button.dataset.userId);
    await refresh();
    byId(account ? 'account-title' : 'sign-in-title').focus();
  });
}
byId('sign-out').addEventListener('click', async () => {
  signOut();
  await refresh();
  byId('sign-in-title').focus();
});
byId('upgrade').addEventListener('click', () => account && upgrade(account, reload));
// Also after the back button, which shows the page as it was left: button off, old plan.
window.addEventListener('pageshow', refresh);
document.addEventListener(
  'visibilitychange',
  () => document.visibilityState === 'visible' && reload(),
);

/** Whoever is signed in now, from the start. */
async function refresh() {
  account = undefined;
  render();
  resetUpgrade();
  byId('account-status').textContent = '';
  await reload();
}

/** The same buyer's account again, keeping what the page says about an upgrade. */
async function reload() {
  const userId = signedInUserId();
  if (!userId) return render();
  const read = await readAccount(userId);
  if (userId !== signedInUserId()) return;
  if (read.isUnknown) signOut();
  byId('account-status').textContent = read.message ?? '';
  // Unreadable for a moment: what was read before stays, unless another tab signed in somebody else.
  const previous = account?.userId === userId && !read.isUnknown ? account : undefined;
  account = read.account ?? previous;
  render();
}

function render() {
  const userId = signedInUserId();
  byId('sign-in').hidden = userId !== undefined;
  byId('account').hidden = userId === undefined;
  byId('account-details').hidden = !account;
  byId('upgrade-hint').hidden = userId !== undefined;
  allowUpgrade(account !== undefined);
  showWho(account);
  renderPlans();
  const payment = userId && lastPaymentOf(userId);
  byId('last-payment').hidden = !payment;
  if (payment) {
    byId('last-payment').href = `/payment/callback?transactionId=${encodeURIComponent(payment)}`;
  }
  if (account) showAccount(account);
}

function renderPlans() {
  for (const plan of document.querySelectorAll('.plan')) {
    const isCurrent = plan.dataset.tier === account?.tier;
    plan.classList.toggle('is-current', isCurrent);
    plan.querySelector('.current').hidden = !isCurrent;
  }
  byId('upgrade').hidden = account?.tier === byId('upgrade').dataset.tier;
}
