import { readFileSync } from 'node:fs';
import { type DetailType, eventContracts } from '@cloudnestle/contracts/events/all';

const samplesFolder = new URL('../../../../core/contracts/samples/', import.meta.url);

/** The committed sample of a detail type's current version. Throws where there is none, or where it does not fit. */
export function readSample(detailType: DetailType) {
  const { detailSchema, schemaVersion } = eventContracts[detailType];
  const file = new URL(`${detailType}/v${schemaVersion}.json`, samplesFolder);
  return detailSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
