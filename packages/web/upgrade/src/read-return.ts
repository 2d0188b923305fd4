const ID = /^txn_[A-Za-z0-9_-]{1,63}$/;

/**
 * The payment that a return address names; undefined where it names none, several, or something that is no id. Every other
 * parameter is left unread: a visitor can type what they like.
 */
export function readReturn(url: string | URL): { transactionId: string } | undefined {
  let ids: string[];
  try {
    // A relative address is fine: only its query is read.
    ids = new URL(url, 'http://localhost').searchParams.getAll('transactionId');
  } catch {
    return undefined;
  }
  const [transactionId = ''] = ids;
  return ids.length === 1 && ID.test(transactionId) ? { transactionId } : undefined;
}
