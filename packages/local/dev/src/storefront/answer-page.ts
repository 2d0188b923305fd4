import type { Context } from 'hono';
import type { BuiltPages } from './built-pages.ts';

/** A built file; its name carries a hash of its content, but for the page and its picture. */
export function answerPage(
  c: Context,
  pages: BuiltPages,
  path: string,
): Response | Promise<Response> {
  const file = pages.get(path);
  if (!file) return c.notFound();
  const isHashed = path.startsWith('/assets/');
  c.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  c.header('content-type', file.type);
  c.header('x-content-type-options', 'nosniff');
  return c.body(file.content);
}
