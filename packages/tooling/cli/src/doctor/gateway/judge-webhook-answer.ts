import { ok, type Verdict, wrong } from '../check.ts';

/** What the webhook's endpoint answers to a stranger; `code` as its error names itself. */
export function judgeWebhookAnswer(status: number, code: string | undefined): Verdict {
  if (status === 401) return ok('is reached, and refuses strangers');
  if (status === 503 && code === 'NOT_CONFIGURED') {
    return wrong('is off (503): the secret with the gateway’s credentials has none for webhooks');
  }
  if (status >= 200 && status < 300) {
    return wrong(`takes a webhook from a stranger (${status}); should answer 401`);
  }
  return wrong(
    `answers ${[status, code].filter(Boolean).join(' ')} to a stranger; should answer 401`,
  );
}
