import type { Command } from 'commander';
import { shell } from '../shell.ts';

/** `payments demo`: the whole story in a terminal, without a browser. */
export function defineDemoCommand(demo: Command): void {
  demo.action(async () => {
    const { runDemo } = await import('./run.ts');
    await runDemo((line) => shell().output.write(`${line}\n`));
  });
}
