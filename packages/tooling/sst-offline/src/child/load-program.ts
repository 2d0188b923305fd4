import { readFile } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import * as z from 'zod';
import type { Paths } from '../platform/paths.ts';
import type { App } from './load-app.ts';
import { loadModule } from './load-module.ts';

const lockSchema = z.array(z.object({ alias: z.string(), package: z.string() }));
const moduleSchema = z.object({ default: z.function({ output: z.promise(z.unknown()) }) });

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
  return { program: moduleSchema.parse(exports).default, sources };
}
