/** The SES v2 operation of a method and path, or `Unknown` for one this endpoint does not serve. */
export function findSesOperation(method: string, url: string): string {
  const path = url.split('?', 1)[0] ?? url;
  const known = operations.find((entry) => entry.method === method && entry.path.test(path));
  return known?.operation ?? 'Unknown';
}

const operations = [
  { method: 'POST', path: /^\/v2\/email\/outbound-emails$/, operation: 'SendEmail' },
  { method: 'POST', path: /^\/v2\/email\/outbound-bulk-emails$/, operation: 'SendBulkEmail' },
  { method: 'GET', path: /^\/v2\/email\/templates$/, operation: 'ListEmailTemplates' },
  { method: 'POST', path: /^\/v2\/email\/templates$/, operation: 'CreateEmailTemplate' },
  { method: 'GET', path: /^\/v2\/email\/templates\/[^/]+$/, operation: 'GetEmailTemplate' },
  { method: 'PUT', path: /^\/v2\/email\/templates\/[^/]+$/, operation: 'UpdateEmailTemplate' },
  { method: 'DELETE', path: /^\/v2\/email\/templates\/[^/]+$/, operation: 'DeleteEmailTemplate' },
  {
    method: 'POST',
    path: /^\/v2\/email\/templates\/[^/]+\/render$/,
    operation: 'TestRenderEmailTemplate',
  },
] as const;
