/** What two lists do not share, in words; the order means nothing. */
export function findDifferences(
  what: string,
  { found, wanted }: { found: Iterable<string>; wanted: Iterable<string> },
): string[] {
  const has = new Set(found);
  const should = new Set(wanted);
  return [
    ...[...should.difference(has)].map((each) => `${what} lacks ${each}`),
    ...[...has.difference(should)].map((each) => `${what} has ${each}, which it should not`),
  ];
}
