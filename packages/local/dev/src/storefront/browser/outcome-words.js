/** What a buyer reads about each view of follow-payment.d.ts. */
export const wordsFor = (view) => words[view.kind](view);

const words = {
  pending: ({ isLast }) => ({
    title: 'Waiting for your payment',
    words: isLast
      ? 'We have not heard how it went yet. If you paid, nothing is lost: Pro turns on as soon as we know, and you get a mail.'
      : 'We have not heard how it went yet. This page keeps asking; you may also leave it.',
  }),
  activating: ({ isLast }) => ({
    title: 'Payment received',
    words: isLast
      ? 'Thank you. Turning Pro on takes longer than usual; you get a mail when it is done.'
      : 'Thank you. We are turning Pro on, which takes a few seconds.',
  }),
  granted: ({ answer }) => ({
    title: 'You are Pro',
    words:
      answer.body.status === 'FAILED'
        ? 'This payment did not go through, but your account has Pro: there is nothing to pay.'
        : 'Search as much as you like, from now on.',
  }),
  failed: ({ answer }) => ({
    title: 'The payment did not go through',
    words: answer.body.message,
  }),
  refused: ({ answer }) => ({
    title: 'We do not know this payment',
    words: answer.message,
  }),
  unavailable: ({ isLast }) => ({
    title: 'We cannot ask right now',
    words: isLast
      ? 'If you paid, nothing is lost: Pro turns on as soon as we know. Please check again in a moment.'
      : 'If you paid, nothing is lost. We keep trying.',
  }),
};
