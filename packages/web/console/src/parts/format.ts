const zone = 'Asia/Kolkata';
const clock = new Intl.DateTimeFormat('en-GB', {
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  timeZone: zone,
});
const date = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'short', year: 'numeric' },
  timeZone: zone,
});
const dayKey = new Intl.DateTimeFormat('en-CA', {
  ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  timeZone: zone,
});

/** One moment as every screen says it: `14:02:11 IST`, with its day where that is not today's. */
export function formatTime(iso: string, nowMs: number): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const time = `${clock.format(at)} IST`;
  return dayOf(at) === dayOf(new Date(nowMs)) ? time : `${formatDay(at)}, ${time}`;
}

/** `28 Nov 2026`, in India. */
export function formatDay(at: Date | string): string {
  return date.format(new Date(at)).replace('Sept', 'Sep');
}

/** `2026-11-28`, the day in India of a moment. */
export function dayOf(at: Date): string {
  return dayKey.format(at);
}

/** So many days before or after that day. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** `3 min ago`, `in 2 h`, `just now`. */
export function formatAgo(iso: string, nowMs: number): string {
  const ms = nowMs - Date.parse(iso);
  if (Number.isNaN(ms)) return '';
  const length = formatLength(Math.abs(ms));
  if (length === '0 s') return 'just now';
  return ms < 0 ? `in ${length}` : `${length} ago`;
}

/** A length of time by its largest unit: `42 s`, `3 min`, `5 h`, `12 d`. */
export function formatLength(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds < 2 && ms < 1500 ? 0 : seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

const rupees = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' });
const numbers = new Intl.NumberFormat('en-IN');

/** Paisa as rupees, the Indian way: `₹1,00,000.00`. */
export function formatMoney(paisa: number): string {
  return rupees.format(paisa / 100);
}

export function formatCount(count: number): string {
  return numbers.format(count);
}

/** `1 letter`, `12 letters`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** An id cut in its middle, where it is too long for a row: `txn_01jd4w…9f3k2m`. */
export function shortenId(id: string, longest = 18): string {
  if (id.length <= longest) return id;
  const tail = 6;
  return `${id.slice(0, longest - tail - 1)}…${id.slice(-tail)}`;
}

/** Rupees as an operator types them, in paisa; undefined where they are none: `1,299.50`. */
export function parseMoney(typed: string): number | undefined {
  const text = typed.replace(/[₹,\s]/g, '');
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(text)) return undefined;
  const [whole = '0', part = ''] = text.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** `EFFECTS_MISSING` as words: `effects missing`. */
export function toWords(code: string): string {
  return code.replaceAll('_', ' ').toLowerCase();
}
