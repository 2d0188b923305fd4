/** The frontend's return page for one order. The gateway adds nothing to it, so it must name the order itself. */
export function buildReturnUrl(returnUrl: string, transactionId: string): string {
  const url = new URL(returnUrl);
  url.searchParams.set('transactionId', transactionId);
  return url.href;
}
