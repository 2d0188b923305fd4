import { Command, CommanderError } from 'commander';
import { addAttentionCommand } from './attention/command.ts';
import { addBackfillCommand } from './backfill/command.ts';
import { CliError } from './cli-error.ts';
import { addDemoCommand } from './demo/command.ts';
import { addDevCommand } from './dev/command.ts';
import { addDlqCommand } from './dlq/command.ts';
import { addDoctorCommand } from './doctor/command.ts';
import { explainAwsFailure } from './environment/explain-aws-trouble.ts';
import { commanderOutput, tell } from './output/print.ts';
import { addPaymentCommand } from './payment/command.ts';
import { addReconcileCommand } from './reconcile/command.ts';
import { shell } from './shell.ts';
import { addSimulateCommand } from './simulate/command.ts';
import { addTokenCommand } from './token/command.ts';

/**
 * Runs the command that the arguments name, in the shell it is called in, and sets its exit status. What a person did or
 * met is said in one line; rejects with anything else, which is a bug and wants its stack.
 */
export async function runProgram(args: readonly string[]): Promise<void> {
  try {
    await buildProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help, or a bad argument: commander has said so already.
      shell().status = error.exitCode;
      return;
    }
    const explained = error instanceof CliError ? error : explainAwsFailure(error);
    if (!explained) throw error;
    tell(...explained.lines);
    shell().status = explained.exitCode;
  }
}

/** Every command with its options. */
export function buildProgram(): Command {
  const program = new Command('payments')
    .description('CloudNestle Marketplace payments: run it, watch it, repair it')
    // Before the commands are added, which take both over.
    .exitOverride()
    .configureOutput(commanderOutput)
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
  addAttentionCommand(program);
  addReconcileCommand(program);
  addDlqCommand(program);
  addDoctorCommand(program);
  addSimulateCommand(program);
  addTokenCommand(program);
  addBackfillCommand(program);
  return program;
}
