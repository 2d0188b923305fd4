import type { WebhookEvent } from './build-webhook.ts';
import type { PostResult } from './post-webhook.ts';

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

const kept = 1_000;

/** The last thousand tries, oldest first. */
export function createDeliveryLog() {
  const deliveries: Delivery[] = [];
  return {
    add(delivery: Delivery) {
      deliveries.push(delivery);
      if (deliveries.length > kept) deliveries.shift();
    },
    list: (): Delivery[] => [...deliveries],
  };
}
