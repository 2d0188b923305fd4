/** One return follows its payment this long; after that the buyer asks. */
const FOLLOW_FOR_MS = 60_000;
/** The API may ask for longer pauses; shorter ones would only hurry it. */
const SHORTEST_PAUSE_MS = 1000;

/** Arguments and views: follow-payment.d.ts. */
export async function followPayment({ ask, show, wait, now }) {
  const endAtMs = now() + FOLLOW_FOR_MS;
  for (;;) {
    const answer = await ask();
    const kind = viewKindOf(answer);
    const pauseMs = Math.max(answer.retryAfterMs ?? 0, SHORTEST_PAUSE_MS);
    const isLast =
      kind === 'granted' ||
      kind === 'refused' ||
      answer.retryAfterMs === 0 ||
      now() + pauseMs > endAtMs;
    show({ kind, answer, isLast });
    if (isLast) return;
    await wait(pauseMs);
  }
}

function viewKindOf(answer) {
  if (answer.kind !== 'status') return answer.kind;
  const { status, access } = answer.body;
  if (access === 'GRANTED') return 'granted';
  if (status === 'FAILED') return 'failed';
  return status === 'COMPLETED' ? 'activating' : 'pending';
}
