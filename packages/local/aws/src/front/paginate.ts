import { AwsError } from './aws-error.ts';

/** One page of a list; the token is opaque to callers. */
export type Page<Item> = {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
};

/** Cuts one page out of a list; a foreign token is a `ValidationException`. */
export function paginate<Item>(
  items: readonly Item[],
  limit: number,
  token: string | undefined,
): Page<Item> {
  const start = token === undefined ? 0 : Number(/^at-(\d{1,9})$/.exec(token)?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw new AwsError('ValidationException', 'NextToken is not valid');
  const end = start + limit;
  return {
    items: items.slice(start, end),
    nextToken: end < items.length ? `at-${end}` : undefined,
  };
}
