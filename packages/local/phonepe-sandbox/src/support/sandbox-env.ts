import type { HttpBindings } from '@hono/node-server';

/** Hono's environment here: the raw connection where the server has one, so that a fault can cut it. */
export interface SandboxEnv {
  Bindings: Partial<HttpBindings>;
}
