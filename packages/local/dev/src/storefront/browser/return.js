import { byId, readAccount, rememberPayment, showWho, signedInUserId } from './account.js';
import { announceReturn } from './announce-return.js';
import { askStatus } from './ask-status.js';
import { followReturn } from './follow-return.js';
import { formatAmount } from './money.js';
import { wordsFor } from './outcome-words.js';

// Only the payment's id comes from the address, checked by the server; how it went is asked.
const transactionId = document.getElementById('payment')?.dataset.transactionId;

if (transactionId) {
  byId('check-again').addEventListener('click', follow);
  follow();
}
refreshWho();

async function follow() {
  byId('check-again').hidden = true;
  await followReturn({
    announce: () => announceReturn(transactionId),
    ask: () => askStatus(transactionId),
    show,
    wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
    now: () => performance.now(),
  });
}

function show(view) {
  const { kind, isLast, answer } = view;
  const { title, words } = wordsFor(view);
  const payment = byId('payment');
  payment.dataset.kind = kind;
  payment.classList.toggle('waiting', !isLast && kind !== 'failed');
  // Written only when it changes: screen readers announce every write.
  if (byId('outcome-title').textContent !== title) byId('outcome-title').textContent = title;
  if (byId('outcome-words').textContent !== words) byId('outcome-words').textContent = words;
  byId('check-again').hidden = !isLast || ['granted', 'failed', 'refused'].includes(kind);
  byId('try-again').hidden = kind !== 'failed';
  byId('to-store').hidden = kind !== 'granted' && kind !== 'refused';
  byId('status-link').hidden = kind === 'refused';
  if (answer.kind === 'status') showAmount(answer.body);
  if (kind === 'granted') refreshWho();
}

function showAmount({ amountInPaisa, currency }) {
  byId('amount').textContent = formatAmount(amountInPaisa, currency);
  byId('amount-row').hidden = false;
  const userId = signedInUserId();
  if (userId) rememberPayment(userId, transactionId);
}

async function refreshWho() {
  const userId = signedInUserId();
  if (!userId) return;
  const { account } = await readAccount(userId);
  if (account) showWho(account);
}
