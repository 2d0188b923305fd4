import { Command } from 'commander';
import { CliError } from './cli-error.ts';
import { addDemoCommand } from './demo/command.ts';
import { addDevCommand } from './dev/command.ts';
import { addReconcileCommand } from './reconcile/command.ts';
import { addTokenCommand } from './token/command.ts';

const program = new Command('payments')
  .description('CloudNestle Marketplace payments: run it, watch it, repair it')
  .showHelpAfterError('(payments --help shows what there is)')
  .configureHelp({ showGlobalOptions: true });
addDevCommand(program);
addDemoCommand(program);
addReconcileCommand(program);
addTokenCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
