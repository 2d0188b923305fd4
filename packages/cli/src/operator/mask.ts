/** Attributes whose values say who somebody is. */
const personal = new Set(['userEmail', 'user_email', 'email', 'vpa', 'to']);

/** `a***@example.com`: enough to recognise an address that one knows, and no more. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '***' : `${address.slice(0, 1)}***${address.slice(at)}`;
}

/** The same value with every email and VPA in it masked, however deep. */
export function maskPersonal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskPersonal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      personal.has(name) && typeof inner === 'string' ? maskAddress(inner) : maskPersonal(inner),
    ]),
  );
}
