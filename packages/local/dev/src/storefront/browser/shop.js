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
import { look, search, setSearcher } from './search.js';
import { allowUpgrade, resetUpgrade, upgrade, upgradeButtons } from './upgrade.js';

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
for (const button of upgradeButtons()) {
  button.addEventListener('click', () => account && upgrade(account, button, reload));
}
byId('search-form').addEventListener('submit', (event) => {
  event.preventDefault();
  // The card counts searches as well.
  search(byId('search-query').value.trim(), readAgain);
});
// Also after the back button, which shows the page as it was left: button off, old plan.
window.addEventListener('pageshow', refresh);
document.addEventListener(
  'visibilitychange',
  () => document.visibilityState === 'visible' && reload(),
);

/** The buyer who is signed in now, from the start. */
async function refresh() {
  account = undefined;
  render();
  resetUpgrade();
  byId('account-status').textContent = '';
  await reload();
}

/** The same buyer's account and searches again, keeping what the page says about an upgrade. */
async function reload() {
  await readAgain();
  await look();
}

async function readAgain() {
  const userId = signedInUserId();
  if (!userId) {
    // Signed out in another tab: nothing of the old account may be used any more.
    account = undefined;
    return render();
  }
  const read = await readAccount(userId);
  if (userId !== signedInUserId()) return;
  if (read.isUnknown) signOut();
  byId('account-status').textContent = read.message ?? '';
  // Unreadable for a moment: what was read before stays, unless another tab signed in another buyer.
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
  setSearcher(account, userId !== undefined);
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
