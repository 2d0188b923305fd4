import { readFile } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
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

const lockSchema = z.array(z.object({ alias: z.string(), package: z.string() }));
const programSchema = z.object({ default: z.function({ output: z.promise(z.unknown()) }) });

/** A config's program, ready to be started, and the project's files that it comes from. */
export async function loadProgram(options: {
  paths: Paths;
  config: string;
  app: App;
  directory: string;
}): Promise<{ program: () => Promise<unknown>; sources: string[] }> {
  const { paths, config, app, directory } = options;
  const { root, work } = paths;
  const platform = paths.platform.split(sep).join(posix.sep);
  const lock = lockSchema.parse(
    JSON.parse(await readFile(join(work, 'provider-lock.json'), 'utf8')),
  );
  const { exports, sources } = await loadModule(
    paths,
    `import { run } from ${JSON.stringify(`${platform}/src/auto/run.ts`)};
     import config from ${JSON.stringify(join(root, config))};
     export default () => run(config.run);`,
    {
      define: {
        $app: JSON.stringify(app),
        $dev: 'false',
        $cli: JSON.stringify({
          command: 'deploy',
          dev: false,
          paths: { home: directory, root, work: directory, platform },
          state: { version: {} },
        }),
      },
      inject: [`${platform}/src/shim/run.js`],
      globals: [
        ...lock.map((provider) => `import * as ${provider.alias} from '${provider.package}';`),
        `import * as sst from '${platform}/src/components';`,
      ].join('\n'),
    },
  );
  return { program: programSchema.parse(exports).default, sources };
}
