/** Every SES identity that would stand for a sender: its address, its domain, and the domains above, in that order. */
export function listSenderIdentities(mailFrom: string): string[] {
  const address = /<([^<>]+)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom.trim();
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.');
  return [address, ...labels.slice(0, -1).map((_label, at) => labels.slice(at).join('.'))];
}
