/** Changes everything in place that can be changed: what shares a part with it shows it. */
export function spoil(value: unknown): void {
  if (value instanceof Set) value.add('spoilt');
  if (typeof value !== 'object' || value === null) return;
  for (const member of Object.values(value)) spoil(member);
  if (Array.isArray(value)) value.push('spoilt');
  else Object.assign(value, { spoilt: true });
}
