import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { HtmlEscapedString } from 'hono/utils/html';
import { styles } from './pages/styles.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A page that loads nothing from elsewhere and runs no script but the storefront's own files. */
export function answerPage(
  c: Context,
  status: 200 | 400,
  page: Html,
): Response | Promise<Response> {
  c.header('content-security-policy', policy);
  c.header('cache-control', 'no-store');
  c.header('referrer-policy', 'same-origin');
  c.header('x-content-type-options', 'nosniff');
  return c.html(page, status);
}

const styleHash = createHash('sha256').update(styles).digest('base64');

const policy = [
  "default-src 'none'",
  'img-src data:',
  `style-src 'sha256-${styleHash}'`,
  "script-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
