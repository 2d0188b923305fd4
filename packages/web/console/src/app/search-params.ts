/** What an address may say after its `?`; every screen reads it by a function of these. None of them takes an email. */
type Raw = Record<string, unknown>;

/** Filters of the list of orders. */
export interface OrdersSearch {
  from?: string;
  to?: string;
  status?: 'PENDING' | 'COMPLETED' | 'FAILED';
}
export function readOrdersSearch(raw: Raw): OrdersSearch {
  return drop({
    from: readDay(raw.from),
    to: readDay(raw.to),
    status: readOneOf(raw.status, ['PENDING', 'COMPLETED', 'FAILED'] as const),
  });
}

/** Which dead letters are meant: the scope of what is shown and of what is done. */
export interface LettersSearch {
  queue?: string;
  reason?: string;
  type?: string;
  order?: string;
  user?: string;
  since?: string;
  id?: string;
  /** The look that is shown, and the letter that is open. */
  look?: string;
  letter?: string;
}
export function readLettersSearch(raw: Raw): LettersSearch {
  return drop({
    queue: readText(raw.queue),
    reason: readScope(raw.reason),
    type: readScope(raw.type),
    order: readScope(raw.order),
    user: readScope(raw.user),
    since: readScope(raw.since),
    id: readScope(raw.id),
    look: readText(raw.look),
    letter: readText(raw.letter),
  });
}

export interface KeptSearch {
  queue?: string;
}
export function readKeptSearch(raw: Raw): KeptSearch {
  return drop({ queue: readText(raw.queue) });
}

export interface AttentionSearch {
  reason?: string;
}
export function readAttentionSearch(raw: Raw): AttentionSearch {
  return drop({ reason: readText(raw.reason) });
}

export interface RangeSearch {
  from?: string;
  to?: string;
  job?: string;
}
export function readRangeSearch(raw: Raw): RangeSearch {
  return drop({ from: readDay(raw.from), to: readDay(raw.to), job: readText(raw.job) });
}

export interface RefundsSearch {
  list?: 'owed' | 'open' | 'failed' | 'completed';
  day?: string;
}
export function readRefundsSearch(raw: Raw): RefundsSearch {
  return drop({
    list: readOneOf(raw.list, ['owed', 'open', 'failed', 'completed'] as const),
    day: readDay(raw.day),
  });
}

export interface ActionsSearch {
  order?: string;
}
export function readActionsSearch(raw: Raw): ActionsSearch {
  return drop({ order: readText(raw.order) });
}

/** Text of an address; a number is one as well, and an email is none. */
function readText(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text === '' || text.length > 512) return undefined;
  return text.includes('@') ? undefined : text;
}

/**
 * What narrows an action down. Left out it would widen the action to every letter, so an email is masked as the server masks it: in a
 * reason `*` is anything, and no id has one.
 */
function readScope(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text === '') return undefined;
  return text.replaceAll(/(\S)\S*@/g, '$1***@').slice(0, 512);
}

function readDay(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}

function readOneOf<Name extends string>(value: unknown, names: readonly Name[]): Name | undefined {
  return names.find((name) => name === value);
}

type Defined<Given> = { [Key in keyof Given]?: Exclude<Given[Key], undefined> };

/** Without what is undefined: it would stand in the address as an empty word. */
function drop<Given extends object>(given: Given): Defined<Given> {
  const kept: Defined<Given> = {};
  for (const key in given) {
    const value = given[key];
    if (isDefined(value)) kept[key] = value;
  }
  return kept;
}

function isDefined<Value>(value: Value): value is Exclude<Value, undefined> {
  return value !== undefined;
}
