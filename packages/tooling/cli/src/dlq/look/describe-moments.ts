const steps = [
  { unit: 'd', ms: 86_400_000 },
  { unit: 'h', ms: 3_600_000 },
  { unit: 'min', ms: 60_000 },
  { unit: 's', ms: 1000 },
];

/** `3 d 4 h`, `2 h 5 min`, `12 s`: the two largest units, and nothing below zero. */
export function describeAge(ageMs: number): string {
  const first = steps.findIndex(({ ms }) => ageMs >= ms);
  let restMs = ageMs;
  const parts = steps.slice(first, first + 2).map(({ unit, ms }) => {
    const count = Math.floor(restMs / ms);
    restMs -= count * ms;
    return count === 0 ? '' : `${count} ${unit}`;
  });
  return first < 0 ? '0 s' : parts.filter(Boolean).join(' ');
}

/** The moment that a text names, where it names one. */
export function readMoment(text: string | undefined): Date | undefined {
  const moment = new Date(text ?? '');
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
