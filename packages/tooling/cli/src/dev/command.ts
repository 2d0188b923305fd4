import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { DEFAULT_AWS_PORT, DEFAULT_PORT, type DevOptions } from './options.ts';
import { parseFolder, parsePort, parseScale, parseUrl } from './parse-options.ts';

/** `payments dev`: everything on this machine. The local run is loaded only here: operators never need it. */
export function defineDevCommand(dev: Command): void {
  dev
    .option(
      '--port <number>',
      `HTTP port (default: ${DEFAULT_PORT} or the next free one; 0: any)`,
      parsePort,
    )
    .option(
      '--aws-port <number>',
      `port of the AWS APIs (default: ${DEFAULT_AWS_PORT} or the next free one; 0: any)`,
      parsePort,
    )
    .option('--endpoint-url <url>', 'run against this AWS-compatible endpoint instead', parseUrl)
    .option('--data <folder>', 'keep tables and queues here over restarts', parseFolder)
    .option('--retry-scale <factor>', "factor on the subscribers' retry delays", parseScale, 1)
    .option('--print-topology', 'print bus, rules, queues, tables and routes as JSON, and exit')
    .action(async (options: DevOptions) => {
      if (options.endpointUrl && (options.awsPort !== undefined || options.data !== undefined)) {
        throw new CliError('--endpoint-url brings its own AWS: leave out --aws-port and --data.');
      }
      const { runDev } = await import('./run.ts');
      await runDev(options);
    });
}
