import * as z from 'zod';

const optionsSchema = z.object({
  root: z.string(),
  stage: z.string(),
  config: z.string().default('sst.config.ts'),
  /** Where the evaluation is written. */
  out: z.string(),
  /** For what lives as long as this process. */
  directory: z.string(),
});
export type Options = z.infer<typeof optionsSchema>;

/** What this process was started for. */
export function readOptions(text = ''): Options {
  return optionsSchema.parse(JSON.parse(text));
}
