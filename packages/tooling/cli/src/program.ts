import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { Command, CommanderError } from 'commander';
import { CliError } from './cli-error.ts';
import { INTERRUPTED } from './operator/until-interrupted.ts';
import { commanderOutput, tell } from './output/print.ts';
import { shell } from './shell.ts';

/**
 * Runs the command that the arguments name, in the shell it is called in, and sets its exit status. What the operator did or
 * met is said in one line; rejects with anything else, which is a bug and wants its stack.
 */
export async function runProgram(args: readonly string[]): Promise<void> {
  try {
    const program = await buildProgram(args);
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help, or a bad argument: commander has said so already.
      shell().status = error.exitCode;
      return;
    }
    const explained = error instanceof CliError ? error : await explain(error);
    if (!explained) throw error;
    tell(...explained.lines);
    shell().status = explained.exitCode;
  }
}

interface CommandEntry {
  /** Its line in the list of commands. */
  does: string;
  /** Loads what adds its arguments, options and subcommands. */
  define: () => Promise<(command: Command) => void>;
}

const commands: Readonly<Record<string, CommandEntry>> = {
  dev: {
    does: 'run everything on this machine: AWS services, payment sandbox, API and storefront',
    define: async () => (await import('./dev/command.ts')).defineDevCommand,
  },
  demo: {
    does: 'tell the whole story: a payment, a lost webhook, a broken mail service',
    define: async () => (await import('./demo/command.ts')).defineDemoCommand,
  },
  payment: {
    does: 'the whole story of an order: what happened, what is missing, and its repair',
    define: async () => (await import('./payment/command.ts')).definePaymentCommand,
  },
  attention: {
    does: 'list the orders that need an operator, and say that one was dealt with',
    define: async () => (await import('./attention/command.ts')).defineAttentionCommand,
  },
  access: {
    does: 'take a paid order’s access away, or give it back',
    define: async () => (await import('./access/command.ts')).defineAccessCommand,
  },
  refund: {
    does: 'pay money back: an order’s, or all that buyers have paid twice',
    define: async () => (await import('./refund/command.ts')).defineRefundCommand,
  },
  reconcile: {
    does: 'ask the gateway about orders, and publish what our books do not have',
    define: async () => (await import('./reconcile/command.ts')).defineReconcileCommand,
  },
  dlq: {
    does: 'look at dead letters, replay them, discard them',
    define: async () => (await import('./dlq/command.ts')).defineDlqCommand,
  },
  doctor: {
    does: 'check that a stage stands as it should, and say in words what does not',
    define: async () => (await import('./doctor/command.ts')).defineDoctorCommand,
  },
  simulate: {
    does: 'send webhooks as the gateway would, or let demo buyers pay; never on production',
    define: async () => (await import('./simulate/command.ts')).defineSimulateCommand,
  },
  invoice: {
    does: 'show an order’s invoice or a credit note, and write its PDF',
    define: async () => (await import('./invoices/command.ts')).defineInvoiceCommand,
  },
  invoices: {
    does: 'the books: documents of some days, tables for the tax office, and a check of both',
    define: async () => (await import('./invoices/command.ts')).defineInvoicesCommand,
  },
  token: {
    does: 'sign in as an admin, and print the token for the admin route',
    define: async () => (await import('./token/command.ts')).defineTokenCommand,
  },
  backfill: {
    does: 'give tables of an earlier system the indexes, index keys and notes of payments that this one needs',
    define: async () => (await import('./backfill/command.ts')).defineBackfillCommand,
  },
};

export const commandNames: readonly string[] = Object.keys(commands);

/** The command line; of the commands only those whose names are among the arguments are loaded, the others are lines of the help. */
export async function buildProgram(args: readonly string[]): Promise<Command> {
  const program = new Command(PROGRAM)
    .description('CloudNestle Marketplace payments: run it, watch it, repair it')
    // Before the commands are added, which take both over.
    .exitOverride()
    .configureOutput(commanderOutput)
    .showHelpAfterError(`(${PROGRAM} --help shows what there is)`)
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      `
Operators' commands work on the stage that the SDK's own environment leads to: AWS_PROFILE, AWS_REGION, and AWS_ENDPOINT_URL
for a run on this machine. Where neither AWS_REGION nor the profile says a region, it is AWS_DEFAULT_REGION, as for the AWS CLI.
Where several stages share an account and region, PAYMENTS_STAGE names one; without it, production.`,
    );
  for (const [name, { does, define }] of Object.entries(commands)) {
    const command = program.command(name).description(does);
    if (args.includes(name)) (await define())(command);
  }
  return program;
}

/** What a refusal or AWS's failure means, in words; it knows the SDK, which only a command that failed has loaded anyway. */
async function explain(error: unknown): Promise<CliError | undefined> {
  const { OperatorError } = await import('@cloudnestle/operations/operator-error');
  if (error instanceof OperatorError) {
    const options = error.isInterrupted ? { exitCode: INTERRUPTED } : {};
    return new CliError(error.lines, { ...options, cause: error });
  }
  const { explainAwsFailure } = await import('./environment/explain-aws-trouble.ts');
  return explainAwsFailure(error);
}
