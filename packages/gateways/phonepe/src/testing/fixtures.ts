import { readFileSync } from 'node:fs';

/** A body of `fixtures/`, byte for byte. */
export function readFixture(name: string): Buffer {
  return readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url));
}

export function parseFixture(name: string): Record<string, unknown> {
  return JSON.parse(readFixture(name).toString('utf8'));
}
