import type { Context } from 'hono';

/** The body as JSON; undefined where it is none, which every schema then refuses. */
export async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    return undefined;
  }
}
