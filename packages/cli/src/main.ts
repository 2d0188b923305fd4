import { Command } from 'commander';
import { addBackfillCommand } from './backfill/command.ts';
import { CliError } from './cli-error.ts';
import { addDemoCommand } from './demo/command.ts';
import { addDevCommand } from './dev/command.ts';
import { addDlqCommand } from './dlq/command.ts';
import { addDoctorCommand } from './doctor/command.ts';
import { explainAwsFailure } from './environment/explain-aws-trouble.ts';
import { printableLines } from './output/printable.ts';
import { addPaymentCommand } from './payment/command.ts';
import { addReconcileCommand } from './reconcile/command.ts';
import { addSimulateCommand } from './simulate/command.ts';
import { addTokenCommand } from './token/command.ts';

// Whoever reads the results may have read enough (`| head`): no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const program = new Command('payments')
  .description('CloudNestle Marketplace payments: run it, watch it, repair it')
  .showHelpAfterError('(payments --help shows what there is)')
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    `
Operators' commands work on the stage that the SDK's own environment leads to: AWS_PROFILE, AWS_REGION, and AWS_ENDPOINT_URL
for a run on this machine. Where several stages share an account and region, PAYMENTS_STAGE names one; without it, production.`,
  );
addDevCommand(program);
addDemoCommand(program);
addPaymentCommand(program);
addReconcileCommand(program);
addDlqCommand(program);
addDoctorCommand(program);
addSimulateCommand(program);
addTokenCommand(program);
addBackfillCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  const explained = error instanceof CliError ? error : explainAwsFailure(error);
  if (!explained) throw error;
  console.error(printableLines(explained.message));
  process.exitCode = explained.exitCode;
}
