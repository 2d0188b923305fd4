/**
 * `POST /payments/callback`: tells the API that the buyer is back, so that it asks the gateway at once. What it answers
 * is left alone, because the status call says more. Never throws; `keepalive` lets it arrive though the buyer leaves.
 */
export async function announceReturn(transactionId) {
  try {
    await fetch('/payments/callback', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ transactionId }),
      keepalive: true,
      signal: AbortSignal.timeout(10_000),
    });
  } catch {
    // Nothing is lost: the page goes on asking, and the sweep finds the payment by itself.
  }
}
