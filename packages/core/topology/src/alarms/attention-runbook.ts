import type { AttentionReason } from '@cloudnestle/contracts/items/attention';

/** The page in `docs/runbooks` for orders that need a person for a reason, without its ending; their alarms are called so. */
export function attentionRunbook(reason: AttentionReason): string {
  return `attention-${reason.toLowerCase().replaceAll('_', '-')}`;
}
