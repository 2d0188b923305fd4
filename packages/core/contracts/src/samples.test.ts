import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { eventContracts } from './events/all.ts';

const folder = new URL('../samples/', import.meta.url);

it.each(Object.values(eventContracts))(
  'reads every version of $detailType that was ever published, up to the current one',
  ({ detailType, schemaVersion, detailSchema }) => {
    const files = readdirSync(new URL(`${detailType}/`, folder)).sort();
    expect(files).toEqual(
      Array.from({ length: schemaVersion }, (_, index) => `v${index + 1}.json`),
    );
    for (const file of files) {
      const sample = JSON.parse(readFileSync(new URL(`${detailType}/${file}`, folder), 'utf8'));
      expect(detailSchema.parse(sample)).toEqual(sample);
    }
  },
);
