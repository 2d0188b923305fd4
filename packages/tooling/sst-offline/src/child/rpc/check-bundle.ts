import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';

const inputSchema = z.object({ functionID: z.string(), handler: z.string(), bundle: z.string() });

interface BuildAnswer {
  out: string;
  handler: string;
  errors: string[];
  sourcemaps: string[];
}

/** Whether a function's bundle is there with the file of its handler. Functions without a bundle are none of ours. */
export function checkBundle(root: string, input: unknown): BuildAnswer {
  const parsed = inputSchema.safeParse(input);
  if (!parsed.success) {
    return { ...nothing, errors: ['only functions with a `bundle` can be evaluated offline'] };
  }
  const { functionID, handler, bundle } = parsed.data;
  const out = isAbsolute(bundle) ? bundle : join(root, bundle);
  const file = `${handler.slice(0, handler.lastIndexOf('.'))}.mjs`;
  const errors = existsSync(join(out, file))
    ? []
    : [`${functionID}: there is no ${file} in ${pathToFileURL(out).pathname}`];
  return { out, handler, errors, sourcemaps: [] };
}

const nothing = { out: '', handler: '', sourcemaps: [] };
