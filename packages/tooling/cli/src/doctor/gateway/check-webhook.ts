import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { describeError } from '@cloudnestle/runtime/errors';
import { routes } from '@cloudnestle/topology/routes';
import * as z from 'zod';
import { type Check, type Verdict, wrong } from '../check.ts';
import { callTimeoutMs } from '../deadline.ts';
import { judgeWebhookAnswer } from './judge-webhook-answer.ts';

const errorSchema = z.object({ error: z.object({ code: z.string() }) });

/** Whether webhooks reach us, and strangers are refused: one call without credentials. */
export function checkWebhook({ apiUrl }: EnvironmentSecret): Check {
  const { method = 'POST', path = '' } = routes.find((each) => each.function === 'webhook') ?? {};
  const url = `${apiUrl.replace(/\/+$/, '')}${path}`;
  return {
    check: 'webhook',
    subject: path,
    asks: `${method} ${url}`,
    look: () => knock(method, url),
  };
}

async function knock(method: string, url: string): Promise<Verdict> {
  const request = {
    method,
    headers: { 'content-type': 'application/json' },
    body: '{}',
    redirect: 'manual' as const,
    signal: AbortSignal.timeout(callTimeoutMs()),
  };
  try {
    const answer = await fetch(url, request);
    const body = errorSchema.safeParse(await answer.json().catch(() => undefined));
    return judgeWebhookAnswer(answer.status, body.data?.error.code);
  } catch (error) {
    // `fetch failed`, and why in its cause.
    const reason = error instanceof Error ? (error.cause ?? error) : error;
    return wrong(`${url} does not answer (${describeError(reason)})`);
  }
}
