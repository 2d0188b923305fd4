import {
  DEFAULT_GATEWAY,
  type GatewayName,
  gatewayNames,
  gateways,
} from '@cloudnestle/contracts/gateways';
import type { Gateways } from '@cloudnestle/payments/gateway';
import type { GatewayTools } from '@cloudnestle/payments/gateway-tools';
import { createGateways } from '@cloudnestle/payments/gateways';
import * as z from 'zod';
import { phonepe } from './phonepe.ts';

/** Every gateway that the contracts name must stand here, or this does not compile. */
const registered = { phonepe } satisfies Record<GatewayName, { name: GatewayName }>;

export const gatewayEntries = Object.values(registered);

/** What every function that asks a gateway finds in its environment. */
export const gatewayEnvironmentShape = {
  ...phonepe.environment,
  /** Opens new orders. */
  STANDARD_GATEWAY: z.enum(gatewayNames).default(DEFAULT_GATEWAY),
};

type GatewayConfig = z.infer<z.ZodObject<typeof gatewayEnvironmentShape>>;

/** Rows of the replaced system may name no gateway: it had only this one. */
const UNNAMED: GatewayName = 'phonepe';

/** All gateways, on a platform's tools. One per process: adapters keep tokens and connections. Nothing is called yet. */
export function connectGateways(config: GatewayConfig, tools: GatewayTools): Gateways {
  return createGateways(
    gatewayEntries.map((entry) => ({
      gateway: entry.connect(config, tools),
      webhookPath: gateways[entry.name].webhookPath,
    })),
    { standard: config.STANDARD_GATEWAY, unnamed: UNNAMED },
  );
}
