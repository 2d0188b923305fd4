import type { Command } from 'commander';
import { printColoured } from '../output/print.ts';

/** `payments demo`: the whole story in a terminal, without a browser. */
export function defineDemoCommand(demo: Command): void {
  demo.action(async () => {
    const { runDemo } = await import('./run.ts');
    await runDemo(printColoured);
  });
}
