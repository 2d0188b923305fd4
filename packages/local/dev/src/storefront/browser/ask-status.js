/** `GET /payments/status/{transactionId}` as follow-payment.d.ts's Answer. Never throws. */
export async function askStatus(transactionId) {
  try {
    const response = await fetch(`/payments/status/${encodeURIComponent(transactionId)}`, {
      cache: 'no-store',
      signal: AbortSignal.timeout(10_000),
    });
    const body = await response.json();
    if (response.ok) return { kind: 'status', body, retryAfterMs: body.retryAfterMs };
    if (response.status === 400 || response.status === 404) {
      return { kind: 'refused', message: body.error.message };
    }
    const retryAfterSeconds = Number(response.headers.get('retry-after'));
    return retryAfterSeconds > 0
      ? { kind: 'unavailable', retryAfterMs: retryAfterSeconds * 1000 }
      : { kind: 'unavailable' };
  } catch {
    return { kind: 'unavailable' };
  }
}
