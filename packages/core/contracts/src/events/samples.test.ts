import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventContracts } from './all.ts';

/** One folder per detail type, one file per schema version; a file once released never changes. */
const samplesFolder = join(import.meta.dirname, '../../samples');

describe.each(Object.entries(eventContracts))('%s', (detailType, contract) => {
  const files = readdirSync(join(samplesFolder, detailType));

  it.each(files)('still reads what version %s published', (file) => {
    const detail: unknown = JSON.parse(readFileSync(join(samplesFolder, detailType, file), 'utf8'));
    const parsed = contract.detailSchema.safeParse(detail);
    expect(parsed.error).toBeUndefined();
    // Nothing a producer said may be lost on the way in.
    expect(parsed.data).toEqual(detail);
  });

  it('has a sample of its current version', () => {
    expect(files).toContain(`v${contract.schemaVersion}.json`);
  });

  it('ignores what a newer version adds', () => {
    const text = readFileSync(
      join(samplesFolder, detailType, `v${contract.schemaVersion}.json`),
      'utf8',
    );
    const detail = JSON.parse(text) as { metadata: object; data: object };
    const newer = {
      ...detail,
      metadata: { ...detail.metadata, fromTheFuture: 1 },
      data: { ...detail.data, fromTheFuture: 1 },
    };
    expect(contract.detailSchema.safeParse(newer).success).toBe(true);
  });

  it.each(['metadata', 'data'])('refuses a detail without %s', (part) => {
    const text = readFileSync(
      join(samplesFolder, detailType, `v${contract.schemaVersion}.json`),
      'utf8',
    );
    const detail: object = JSON.parse(text);
    expect(contract.detailSchema.safeParse({ ...detail, [part]: undefined }).success).toBe(false);
  });
});
