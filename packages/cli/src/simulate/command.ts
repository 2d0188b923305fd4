import type { Command } from 'commander';
import { addBurstCommand } from './burst/command.ts';
import { addWebhookCommand } from './webhook/command.ts';

/** `payments simulate`: what the gateway and buyers would do, for demonstrations and load. */
export function addSimulateCommand(program: Command): void {
  const simulate = program
    .command('simulate')
    .description('send webhooks as the gateway would, or let demo buyers pay; never on production')
    .showHelpAfterError('(payments simulate --help shows what there is)');
  addWebhookCommand(simulate);
  addBurstCommand(simulate);
}
