import { buildInitiatedEvent, type Trigger } from '@cloudnestle/payments/build-events';
import type { Judgement } from '@cloudnestle/payments/judge-order';
import type { Order } from '@cloudnestle/payments/order';
import type { Story } from './story.ts';

/** The events that the order's mails follow from. An outcome is only what the gateway says now. */
export function buildMailEvents(
  order: Order,
  judgement: Judgement,
  trigger: Trigger,
): Story['mailEvents'] {
  const { redirectUrl } = order.row;
  return {
    ...(redirectUrl === undefined
      ? {}
      : { initiated: buildInitiatedEvent(order, redirectUrl, trigger) }),
    ...(judgement.kind === 'completed' ? { welcome: judgement.event } : {}),
    ...(judgement.kind === 'failed' ? { failed: judgement.event } : {}),
  };
}
