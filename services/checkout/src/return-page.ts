import type { Frontend } from '@cloudnestle/contracts/frontend';

/** The address of the page where a buyer returns to, for one order. `source`: the frontend the order came from. */
export type FindReturnPage = (source: string | undefined, transactionId: string) => string;

/** A source that is unknown or was not noted means the first frontend. Throws where there is none at all. */
export function createFindReturnPage(frontends: readonly Frontend[]): FindReturnPage {
  const [first] = frontends;
  if (!first) throw new Error('no frontend is configured');
  return (source, transactionId) => {
    const { returnUrl } = frontends.find(({ id }) => id === source) ?? first;
    return buildReturnUrl(returnUrl, transactionId);
  };
}

/** The frontend's return page for one order. The gateway adds nothing to it, so it must name the order itself. */
export function buildReturnUrl(returnUrl: string, transactionId: string): string {
  const url = new URL(returnUrl);
  url.searchParams.set('transactionId', transactionId);
  return url.href;
}
