import type { Command } from 'commander';
import type { ListOptions } from './run.ts';

/** `payments dlq list`: what waits in every queue and dead-letter queue. */
export function addListCommand(dlq: Command): void {
  dlq
    .command('list')
    .description('count what waits in every queue, and name the oldest and the last failure')
    .option('--json', 'the same as JSON, with whole reasons')
    .showHelpAfterError('(payments dlq list --help shows what there is)')
    .addHelpText(
      'after',
      `
Live queues are only counted: looking into one would spend its messages' attempts. Of a dead-letter queue at most 1,000
letters are looked at, which hides them from others for that moment; where there are more, the line says so.
The age is that of the oldest event, from when it occurred. SQS counts approximately, on AWS up to a minute late. In
flight are messages that somebody works on, looks at, or has left hidden.
Exit status 0, also where there are dead letters: scripts read --json.

  payments dlq list
  payments dlq list --json`,
    )
    .action(async (options: ListOptions) => {
      const { runList } = await import('./run.ts');
      await runList(options);
    });
}
