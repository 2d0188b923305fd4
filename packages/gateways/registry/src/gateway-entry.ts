import type { GatewayName } from '@cloudnestle/contracts/gateways';
import type { PaymentGateway } from '@cloudnestle/payments/gateway';
import type { GatewayTools } from '@cloudnestle/payments/gateway-tools';
import type * as z from 'zod';

type Shape = Readonly<Record<string, z.ZodType>>;

/** One gateway of the registry. */
export interface GatewayEntry<S extends Shape> {
  name: GatewayName;
  /** What it reads of a function's environment: the name of its secret, and its addresses. */
  environment: S;
  limits: GatewayLimits;
  /** Builds the adapter. Reads and sends nothing. */
  connect(config: z.infer<z.ZodObject<S>>, tools: GatewayTools): PaymentGateway;
}

/** What the gateway takes; a test holds what checkout asks of every gateway against it. */
export interface GatewayLimits {
  /** How long a page can be paid. */
  pageSeconds: { least: number; most: number };
  /** The characters of a merchantOrderId. */
  referenceLength: number;
}

/** Infers the entry's environment. */
export function defineGateway<const S extends Shape>(entry: GatewayEntry<S>): GatewayEntry<S> {
  return entry;
}
