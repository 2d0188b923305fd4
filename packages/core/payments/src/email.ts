import { domainToASCII, domainToUnicode } from 'node:url';

/**
 * What emails are compared by, everywhere: trimmed, in NFC, lower-cased (by Unicode, in no locale), the domain in ASCII.
 * Only for comparing: mails go to the address as its owner spelled it.
 */
export function normaliseEmail(email: string): string {
  const { local, domain } = splitEmail(toLowerCase(email.trim()));
  return `${local}${toAsciiDomain(domain) ?? domain}`;
}

/** True where both are the same person's address, however it is spelled. */
export function isSameEmail(one: string, other: string): boolean {
  return normaliseEmail(one) === normaliseEmail(other);
}

/**
 * Every spelling under which another system may have stored an address, each once: as given first, then lower-cased.
 * An address outside ASCII may be composed or decomposed (NFC, NFD), and its domain may be in Unicode or in ASCII.
 */
export function listSpellings(email: string): string[] {
  const given = email.trim();
  const { local, domain } = splitEmail(given);
  const other = isAscii(domain) ? toUnicodeDomain(domain) : toAsciiDomain(domain);
  const domains = [domain, ...(other === undefined ? [] : [other])];
  const spellings = domains
    .map((each) => `${local}${each}`)
    .flatMap((each) => [each, each.toLowerCase()])
    .flatMap((each) => [each, each.normalize('NFC'), each.normalize('NFD')]);
  return [...new Set([given, given.toLowerCase(), ...spellings])].filter((each) => each !== '');
}

/** What stands before the domain, its `@` included, and the domain; without an `@` all of it is local. */
export function splitEmail(email: string): { local: string; domain: string } {
  const at = email.lastIndexOf('@') + 1;
  return at === 0
    ? { local: email, domain: '' }
    : { local: email.slice(0, at), domain: email.slice(at) };
}

/** A domain as DNS and SMTP have it, in ASCII (punycode); undefined where it is none. */
export function toAsciiDomain(domain: string): string | undefined {
  if (isAscii(domain)) return domain.toLowerCase();
  // Node reads a domain as a URL has it: it would stop at a slash and decode a percent sign.
  if (/[^\w.-]/.test(domain.replaceAll(/\P{ASCII}/gu, ''))) return undefined;
  return domainToASCII(domain) || undefined;
}

export function isAscii(text: string): boolean {
  return /^[\x20-\x7E]*$/.test(text);
}

function toUnicodeDomain(domain: string): string | undefined {
  return /(?:^|\.)xn--/i.test(domain) ? domainToUnicode(domain) || undefined : undefined;
}

/** Lower-casing may take a composed letter apart. */
function toLowerCase(text: string): string {
  return text.normalize('NFC').toLowerCase().normalize('NFC');
}
