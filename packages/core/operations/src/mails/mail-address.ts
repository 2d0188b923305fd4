import { isAscii, splitEmail, toAsciiDomain } from '@cloudnestle/payments/email';

/** Why no mail can ever go to an address. */
export type AddressFault = 'address not ASCII before its @' | 'address without a valid domain';

/**
 * An address as SES takes it: as its owner spelled it, trimmed, the domain in ASCII (punycode). SES speaks no SMTPUTF8
 * (SES API, Destination), so an address with anything but ASCII before its `@` has no form that it takes.
 */
export function toMailAddress(
  email: string,
): { kind: 'address'; address: string } | { kind: 'unusable'; why: AddressFault } {
  const { local, domain } = splitEmail(email.trim());
  if (!isAscii(local)) return { kind: 'unusable', why: 'address not ASCII before its @' };
  const ascii = isAscii(domain) ? domain : toAsciiDomain(domain);
  if (!ascii) return { kind: 'unusable', why: 'address without a valid domain' };
  return { kind: 'address', address: `${local}${ascii}` };
}
