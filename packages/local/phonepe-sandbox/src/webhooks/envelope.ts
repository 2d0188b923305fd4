import type { WebhookVariant } from './webhook-options.ts';

/** A webhook's body around its payload: the older variant also has the deprecated `type`. */
export function envelope(event: string, payload: object, variant: WebhookVariant): object {
  if (variant === 'current') return { event, payload };
  return { type: event.toUpperCase().replaceAll('.', '_'), event, payload };
}
