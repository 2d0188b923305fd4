import { isDeepStrictEqual } from 'node:util';
import { searcherSchema } from './cloud/records.ts';
import type { SearchedCloud } from './cloud/start-cloud.ts';
import { measurePass } from './measure-pass.ts';
import type { Sides } from './sides.ts';

/** Throws unless both sides send the very same for the same user. */
export async function checkSent(cloud: SearchedCloud, { handler, bare }: Sides): Promise<void> {
  for (const searcher of searcherSchema.options) {
    const { sent } = await measurePass(cloud, handler, { searcher, users: 1 });
    const { sent: sentBare } = await measurePass(cloud, bare, { searcher, users: 1 });
    if (isDeepStrictEqual(sent, sentBare)) continue;
    throw new Error(
      `the handler sent ${JSON.stringify(sent)}, the bare side ${JSON.stringify(sentBare)}`,
    );
  }
}
