import type { HttpBindings } from '@hono/node-server';

/** Hono's environment on the gateway: the raw request and response are at hand. */
export interface GatewayEnv {
  Bindings: HttpBindings;
}
