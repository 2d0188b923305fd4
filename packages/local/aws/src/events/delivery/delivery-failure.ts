/** Why a target did not take an event, in the words EventBridge puts on a dead letter. */
export type DeliveryFailure = { readonly code: string; readonly message: string };

/** Tells a queue that is gone from one that refused the message. */
export function describeFailure(error: unknown): DeliveryFailure {
  const message = error instanceof Error ? error.message : String(error);
  return { code: message.endsWith('not found') ? 'NO_RESOURCE' : 'INVALID_PARAMETER', message };
}
