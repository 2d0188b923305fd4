/** Every word that a buyer reads. `{seconds}` stands for a number. */
export interface Words {
  upgrade: string;
  starting: string;
  leaving: string;
  waiting: string;
  alreadyHeld: string;
  alreadyPaid: string;
  inProgress: string;
  pageOpen: string;
  seePayment: string;
  openPage: string;
  offline: string;
  unreachable: string;
  /** The code of a refusal: what a buyer reads instead of the API's words. */
  refused: Readonly<Record<string, string>>;
  /** Any other refusal without words. */
  refusedOtherwise: string;
  support: string;
  /** Of the return page: what stands above, and what it means. */
  views: Readonly<Record<ViewName, readonly [title: string, text: string]>>;
  checkAgain: string;
}

/** A view of the return page: its kind, or `kind.CODE` where the status gives a reason (`IN_DOUBT` of any kind); `.late` once the page has stopped asking. */
export type ViewName =
  | 'none'
  | 'checking'
  | 'pending'
  | 'pending.late'
  | 'pending.PAGE_EXPIRED'
  | 'IN_DOUBT'
  | 'activating'
  | 'activating.late'
  | 'activating.WITHHELD'
  | 'granted'
  | 'granted.PAID_TWICE'
  | 'granted.unpaid'
  | 'failed'
  | 'failed.CANCELLED'
  | 'failed.EXPIRED'
  | 'ended'
  | 'ended.TIME_OVER'
  | 'unknown'
  | 'unavailable'
  | 'unavailable.late'
  | 'offline';

export const english: Words = {
  upgrade: 'Upgrade',
  starting: 'Opening the payment page…',
  leaving: 'Taking you to the payment page…',
  waiting: 'We are busy right now. Trying again in {seconds} s; nothing is charged.',
  alreadyHeld: 'You already have this plan. Nothing was charged.',
  alreadyPaid: 'You have already paid. Nothing more was charged; your plan shows in a moment.',
  inProgress: 'An earlier payment of yours is still being processed. Please do not pay again.',
  pageOpen:
    'A payment page for another plan is open, perhaps in another tab. Finish it there, or let it run out.',
  seePayment: 'See that payment',
  openPage: 'Go to that page',
  offline: 'You are offline. Nothing was charged; please try again once you are connected.',
  unreachable: 'We could not be reached. Nothing was charged; please try again.',
  refused: {
    FORBIDDEN: 'This account is suspended, so it cannot be upgraded. Please write to our support.',
    USER_NOT_FOUND: 'We do not know this account. Please sign in again.',
    NOT_ON_SALE: 'This plan is not on sale right now.',
    GATEWAY_REFUSED: 'The payment could not be started. Nothing was charged; please try again.',
    GATEWAY_UNAVAILABLE:
      'The payment provider does not answer right now. Nothing was charged; please try again in a minute.',
    TRY_AGAIN: 'We are busy right now. Nothing was charged; please try again in a moment.',
  },
  refusedOtherwise: 'The payment could not be started. Nothing was charged.',
  support: 'Support finds this under {id}.',
  views: {
    none: [
      'No payment here',
      'This address names no payment. If you have paid, your mail says how it went.',
    ],
    checking: ['Checking your payment', 'One moment, we are asking how it went.'],
    pending: [
      'Waiting for your payment',
      'We have not heard how it went yet. You may leave this page: if you have paid, nothing is lost.',
    ],
    'pending.late': [
      'Still waiting for your payment',
      'If you have paid, nothing is lost: your plan turns on by itself and you get a mail.',
    ],
    'pending.PAGE_EXPIRED': [
      'The payment page has run out',
      'If you have paid, it shows here soon. If not, you can try again in a few minutes.',
    ],
    IN_DOUBT: [
      'We are looking into it',
      'We are checking your payment by hand. Please do not pay again: support will write to you.',
    ],
    activating: [
      'Payment received',
      'Thank you. We are turning your plan on, which takes a few seconds.',
    ],
    'activating.late': [
      'Payment received',
      'Thank you. Turning your plan on takes longer than usual; you get a mail when it is done.',
    ],
    'activating.WITHHELD': [
      'Payment received',
      'This account is suspended, so the plan is not turned on. Please write to our support.',
    ],
    granted: ['Your plan is on', 'Thank you. You can use it from now on.'],
    'granted.PAID_TWICE': [
      'You have paid twice',
      'Your plan is on. You had paid before, so this amount is owed back to you.',
    ],
    'granted.unpaid': [
      'Your plan is on',
      'This payment did not go through, but your account has the plan: there is nothing to pay.',
    ],
    failed: [
      'The payment did not go through',
      'You can try again at any time. If your bank has taken money, your plan still turns on, or it comes back.',
    ],
    'failed.CANCELLED': [
      'You cancelled the payment',
      'Nothing was charged. You can try again at any time.',
    ],
    'failed.EXPIRED': [
      'The payment page has run out',
      'You can try again at any time. If you have paid, your plan still turns on.',
    ],
    ended: [
      'This payment gives no access any more',
      'It was refunded, or the access was taken back. Our support can tell you more.',
    ],
    'ended.TIME_OVER': [
      'Your time is over',
      'What this payment paid for has ended. You can buy it again at any time.',
    ],
    unknown: [
      'We do not know this payment',
      'The address may be cut off. If you have paid, your mail has the right one.',
    ],
    unavailable: ['We cannot ask right now', 'If you have paid, nothing is lost. We keep trying.'],
    'unavailable.late': [
      'We cannot ask right now',
      'If you have paid, nothing is lost: your plan turns on by itself.',
    ],
    offline: [
      'You are offline',
      'If you have paid, nothing is lost. We ask again once you are connected.',
    ],
  },
  checkAgain: 'Check again',
};
