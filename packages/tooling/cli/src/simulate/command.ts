import type { Command } from 'commander';
import { addBurstCommand } from './burst/command.ts';
import { addWebhookCommand } from './webhook/command.ts';

/** `payments simulate`: what the gateway and buyers would do, for demonstrations and load. */
export function defineSimulateCommand(simulate: Command): void {
  simulate.showHelpAfterError('(payments simulate --help shows what there is)');
  addWebhookCommand(simulate);
  addBurstCommand(simulate);
}
