/**
 * Whether access of this order was taken back: it counts as no payment then (design, rule 2). In whatever spelling: a
 * mark that cannot be read must never count as absent. It is never taken away again.
 */
export function isRevoked(row: Readonly<Record<string, unknown>> | undefined): boolean {
  return row?.accessRevokedAt !== undefined;
}
