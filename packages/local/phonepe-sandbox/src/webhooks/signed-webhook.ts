/** A webhook as it goes over the wire. */
export interface SignedWebhook {
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
}
