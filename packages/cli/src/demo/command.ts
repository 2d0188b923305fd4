import type { Command } from 'commander';
import { printColoured } from '../output/print.ts';

/** `payments demo`: the whole story in a terminal, without a browser. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('tell the whole story: a payment, a lost webhook, a broken mail service')
    .action(async () => {
      const { runDemo } = await import('./run.ts');
      await runDemo(printColoured);
    });
}
