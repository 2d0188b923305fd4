import type { SignedWebhook } from './signed-webhook.ts';

export type PostResult =
  | { readonly result: 'accepted' | 'refused'; readonly status: number }
  | { readonly result: 'timeout' | 'unreachable' | 'stopped'; readonly status?: undefined };

/** Takes one webhook to the merchant. */
export type PostWebhook = typeof postWebhook;

/** One try. Only a 2xx counts; redirects are not followed. */
export async function postWebhook(
  url: string,
  { headers, body }: SignedWebhook,
  timeoutMs: number,
  stopped: AbortSignal,
): Promise<PostResult> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([timeout, stopped]);
  try {
    const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await answer.body?.cancel();
    return { result: answer.ok ? 'accepted' : 'refused', status: answer.status };
  } catch {
    if (stopped.aborted) return { result: 'stopped' };
    return { result: timeout.aborted ? 'timeout' : 'unreachable' };
  }
}
