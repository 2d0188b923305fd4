import type { Timers } from '../create-timers.ts';
import type { WebhookEvent, WebhookMessage } from './build-webhook.ts';
import { type SignedWebhook, signWebhook } from './sign-webhook.ts';
import type { PostResult, WebhookAuth, WebhookOptions } from './webhook-options.ts';

interface SenderPorts {
  webhook: WebhookOptions;
  timers: Timers;
  now: () => Date;
  log: (line: string) => void;
}

const DEFAULT_RETRY_DELAYS_MS = [1_000, 5_000, 30_000, 60_000, 300_000];

/** Sends webhooks and repeats them until the merchant answers 2xx or the tries are used up. */
export function createWebhookSender({ webhook, timers, now, log }: SenderPorts) {
  const retryDelaysMs = webhook.retryDelaysMs ?? DEFAULT_RETRY_DELAYS_MS;
  const timeoutMs = webhook.timeoutMs ?? 5_000;
  const post = webhook.post ?? postWebhook;
  const deliveryLog = createDeliveryLog();
  const running = new Set<Promise<void>>();
  let auth = webhook.auth;

  function sign(message: WebhookMessage): SignedWebhook {
    const body = new TextEncoder().encode(JSON.stringify(message.body));
    return { headers: { 'content-type': 'application/json', ...signWebhook(auth, body) }, body };
  }

  async function attempt(message: WebhookMessage, number: number): Promise<boolean> {
    const url = webhook.url();
    if (url === undefined || timers.stopped.aborted) return true;
    const at = now().toISOString();
    const result = await post(url, sign(message), timeoutMs, timers.stopped);
    const { event, about } = message;
    const delivery: Delivery = { event, about, try: number, at, ...result };
    deliveryLog.add(delivery);
    log(`webhook ${event} for ${about}, try ${number}: ${delivery.status ?? delivery.result}`);
    return delivery.result === 'accepted';
  }

  async function retry(message: WebhookMessage): Promise<void> {
    for (const [index, delayMs] of retryDelaysMs.entries()) {
      if (!(await timers.wait(delayMs)) || (await attempt(message, index + 2))) return;
    }
    log(`webhook ${message.event} for ${message.about}: given up`);
  }

  function track(job: Promise<void>): void {
    running.add(job);
    void job.finally(() => running.delete(job));
  }

  return {
    sign,
    setAuth(changed: WebhookAuth) {
      auth = changed;
    },
    /** One after the other, each as soon as the one before was tried once; retries go on beside. `copies` go together. */
    send(messages: readonly WebhookMessage[], copies = 1): void {
      track(
        (async () => {
          for (const message of messages) {
            await Promise.all(
              Array.from({ length: copies }, async () => {
                if (!(await attempt(message, 1))) track(retry(message));
              }),
            );
          }
        })(),
      );
    },
    deliveries: {
      list: deliveryLog.list,
      /** Resolves when every webhook was accepted, given up or ended by `stop`. */
      async settled(): Promise<void> {
        while (running.size > 0) await Promise.all(running);
      },
    },
  };
}

/** One try. Only a 2xx counts; redirects are not followed. */
async function postWebhook(
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

/** One try to deliver one webhook. Holds no header and no body. */
export type Delivery = PostResult & {
  readonly event: WebhookEvent;
  /** merchantOrderId or merchantRefundId. */
  readonly about: string;
  /** 1 for the first try. */
  readonly try: number;
  /** When the try began, ISO. */
  readonly at: string;
};

const KEPT = 1_000;

/** The last thousand tries, oldest first. */
function createDeliveryLog() {
  const deliveries: Delivery[] = [];
  return {
    add(delivery: Delivery) {
      deliveries.push(delivery);
      if (deliveries.length > KEPT) deliveries.shift();
    },
    list: (): Delivery[] => [...deliveries],
  };
}
