import type { HttpRequest } from '@cloudnestle/runtime/http/handler';
import { isForm } from './form-types.ts';

/** True where a person waits for a page: a browser goes to the address, or posts a form to it. Programs get JSON. */
export function expectsPage({ method, headers }: Pick<HttpRequest, 'method' | 'headers'>): boolean {
  if (headers['sec-fetch-mode'] === 'navigate') return true;
  return method === 'GET'
    ? /\btext\/html\b/i.test(headers.accept ?? '')
    : isForm(headers['content-type'] ?? '');
}
