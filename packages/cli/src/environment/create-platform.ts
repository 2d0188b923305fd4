import type { Platform } from '@cloudnestle/runtime/platform';
import { processWorld } from '@cloudnestle/runtime/process-world';
import { shell } from '../shell.ts';

/**
 * The platform of a command: warnings go to standard error as lines for people, what is only worth a log goes nowhere, and
 * metrics are the functions' business.
 */
export function createCommandPlatform(
  write: (line: string) => void = (line) => shell().errors.write(`${line}\n`),
): Platform {
  const warn = (message: string, fields: Readonly<Record<string, unknown>>) => {
    const details = Object.entries(fields).filter(([, value]) => value !== undefined);
    write([message, ...details.map(([name, value]) => `${name} ${value}`)].join('  '));
  };
  return {
    ...processWorld,
    log: { info: () => undefined, warn, error: warn },
    metrics: { count: () => undefined, time: () => undefined },
  };
}
