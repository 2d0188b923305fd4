/** Attributes whose values say who somebody is. */
const personal = new Set(['userEmail', 'user_email', 'email', 'vpa', 'to']);

/** An `@`, also as links, JSON and wide letters have it, and what follows. */
const LAST_AT = /(?:[@\uff20\ufe6b]|%40|\\u0040)(?:(?![@\uff20\ufe6b]|%40|\\u0040).)*$/su;

/** `a***@example.com`: enough to recognise an address that one knows, and no more. */
export function maskAddress(address: string): string {
  const [first, host] = [/^./su.exec(address), LAST_AT.exec(address)];
  return first && host && host.index > 0 ? `${first[0]}***${host[0]}` : '***';
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
