import { byId } from './account.js';

/** The call under way: its controller, so that a switch of user ends it. */
let running;
let isAllowed = false;
/** Where the page says what becomes of it: at the button that was clicked last. */
let statusId;

/** Every button that starts the upgrade; its `data-upgrade-status` is the id of the place for words. */
export const upgradeButtons = () => [...document.querySelectorAll('[data-upgrade-status]')];

/** What the mission's React component does: one call, then the payment page. A second click does nothing. */
export async function upgrade(account, button, onAlreadyPaid) {
  if (running) return;
  sayUpgrade('');
  statusId = button.dataset.upgradeStatus;
  const mine = new AbortController();
  setRunning(mine);
  sayUpgrade('Opening the payment page…');
  try {
    const response = await fetch('/payments/upgrade-to-pro', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        userId: account.userId,
        userEmail: account.email,
        tier: button.dataset.tier ?? 'pro',
        planId: button.dataset.planId,
        source: 'storefront',
      }),
      signal: AbortSignal.any([mine.signal, AbortSignal.timeout(30_000)]),
    });
    const data = await response.json();
    if (running !== mine) return;
    if (data.success && data.redirectUrl) {
      // The button stays off until the browser has left; coming back by the back button resets it.
      window.location.href = data.redirectUrl;
      return;
    }
    sayRefusal(data);
    if (data.error?.code === 'ALREADY_PRO' || data.error?.code === 'ALREADY_PAID') onAlreadyPaid();
  } catch {
    if (running !== mine) return;
    sayUpgrade('The payment could not be started. Nothing was charged; please try again.', 'bad');
  }
  setRunning(undefined);
}

/** Back on the page, or as another buyer: nothing is under way. */
export function resetUpgrade() {
  running?.abort();
  setRunning(undefined);
  sayUpgrade('');
}

export function allowUpgrade(value) {
  isAllowed = value;
  renderButtons();
}

const kindWords = {
  ALREADY_PRO: 'You already have Pro. Nothing was charged.',
  ALREADY_PAID: 'You have already paid for Pro. Nothing more was charged.',
};

function sayRefusal({ error, message, transactionId }) {
  const kind = kindWords[error?.code];
  const words = kind ?? error?.message ?? message ?? 'The payment could not be started.';
  const isKind = kind !== undefined || error?.code === 'PAYMENT_IN_PROGRESS';
  sayUpgrade(words, isKind ? 'good' : 'bad', transactionId);
}

function sayUpgrade(words, tone = 'plain', transactionId = undefined) {
  if (!statusId) return;
  const status = byId(statusId);
  status.className = `notice ${tone}`;
  status.textContent = words;
  if (!transactionId) return;
  const link = document.createElement('a');
  link.href = `/payment/callback?transactionId=${encodeURIComponent(transactionId)}`;
  link.textContent = 'See that payment';
  status.append(' ', link);
}

function setRunning(value) {
  running = value;
  renderButtons();
}

function renderButtons() {
  const isBusy = running !== undefined;
  for (const button of upgradeButtons()) {
    button.disabled = isBusy || !isAllowed;
    button.classList.toggle('busy', isBusy);
    button.setAttribute('aria-busy', String(isBusy));
  }
}
