import type { Chance } from '../chance/create-chance.ts';

/** Ids in the shape of UUIDs, no two the same. */
export function createIds(chance: Chance): { next(): string } {
  const source = chance.fork('ids');
  let count = 0;
  const digits = (length: number) =>
    source
      .below(16 ** length)
      .toString(16)
      .padStart(length, '0');
  return {
    next: () => {
      count += 1;
      const number = count.toString(16).padStart(12, '0');
      return `${digits(8)}-${digits(4)}-4${digits(3)}-a${digits(3)}-${number}`;
    },
  };
}
