import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A page that loads nothing from anywhere and shows nothing that was not escaped. */
export function answerPage(
  c: Context,
  status: 200 | 404,
  render: (nonce: string) => Html,
): Response | Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  c.header('content-security-policy', policy(nonce));
  c.header('cache-control', 'no-store');
  c.header('referrer-policy', 'strict-origin-when-cross-origin');
  c.header('x-content-type-options', 'nosniff');
  return c.html(render(nonce), status);
}

const policy = (nonce: string) =>
  [
    "default-src 'none'",
    'img-src data:',
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    // Browsers hold form-action against every redirect after a form too, and only the merchant knows where its
    // return page sends the buyer next.
    "form-action 'self' http: https:",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
