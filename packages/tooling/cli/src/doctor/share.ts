/** The same reading, done once per key: checks that need the same facts share one call, its failure too. */
export function share<Result>(
  read: (key: string) => Promise<Result>,
): (key: string) => Promise<Result> {
  const readings = new Map<string, Promise<Result>>();
  return (key) => {
    const reading = readings.get(key) ?? read(key);
    readings.set(key, reading);
    return reading;
  };
}
