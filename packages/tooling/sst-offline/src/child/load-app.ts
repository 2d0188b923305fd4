import { join } from 'node:path';
import * as z from 'zod';
import type { Paths } from '../platform/paths.ts';
import { loadModule } from './load-module.ts';

const appSchema = z.looseObject({
  name: z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]*$/, 'SST takes letters, digits and dashes'),
  removal: z.enum(['remove', 'retain', 'retain-all']).default('retain'),
  protect: z.boolean().default(false),
  providers: z
    .looseObject({ aws: z.looseObject({ region: z.string().optional() }).default({}) })
    .default({ aws: {} }),
});
const moduleSchema = z.object({ default: appSchema });

/** What a config says of itself, as SST completes it. */
export interface App extends z.infer<typeof appSchema> {
  stage: string;
  region: string;
}

/** Asks a config for its app. Rejects where SST's command would. */
export async function loadApp(options: {
  paths: Paths;
  config: string;
  stage: string;
}): Promise<App> {
  const { paths, config, stage } = options;
  const file = JSON.stringify(join(paths.root, config));
  const { exports } = await loadModule(
    paths,
    `import config from ${file}; export default await config.app({ stage: $stage });`,
    {
      define: { $stage: JSON.stringify(stage) },
      banner: 'function $config(input) { return input }\n',
    },
  );
  const app = moduleSchema.parse(exports).default;
  return { ...app, stage, region: app.providers.aws.region ?? 'us-east-1' };
}
