/** The payment gateways, by the names that rows (`paymentMethod`) and events keep. */
export const gatewayNames = ['phonepe'] as const;
export type GatewayName = (typeof gatewayNames)[number];

/** Opens new orders on a stage that names no other. */
export const DEFAULT_GATEWAY: GatewayName = 'phonepe';

/** What infrastructure and code must agree on for each of them. Their adapters: `packages/gateways/registry`. */
export const gateways: Readonly<Record<GatewayName, GatewayFacts>> = {
  phonepe: { webhookPath: '/payments/phonepe-webhook' },
};

export interface GatewayFacts {
  /** The route to which it sends its webhooks. */
  webhookPath: `/payments/${string}`;
}
