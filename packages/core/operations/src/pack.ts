import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** A value as it is kept: compressed JSON. */
export async function pack(value: unknown): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await compress(JSON.stringify(value)));
}

export async function unpack(bytes: Uint8Array): Promise<unknown> {
  const text = (await expand(bytes)).toString('utf8');
  const value: unknown = JSON.parse(text);
  return value;
}

/** DynamoDB takes items of 400 KB; the rest is for keys and names. */
export const MOST_BYTES = 350_000;
