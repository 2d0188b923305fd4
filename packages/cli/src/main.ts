import { Command } from 'commander';
import { CliError } from './cli-error.ts';
import { addDemoCommand } from './demo/command.ts';
import { addDevCommand } from './dev/command.ts';

const program = new Command('payments')
  .description('CloudNestle Marketplace payments: run it, watch it')
  .showHelpAfterError('(payments --help shows what there is)')
  .configureHelp({ showGlobalOptions: true });
addDevCommand(program);
addDemoCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
