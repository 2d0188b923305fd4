import { maskText } from '@cloudnestle/operations/words/mask';
import { sdkClients } from '@cloudnestle/runtime/clients/factories';
import type { Platform } from '@cloudnestle/runtime/platform';
import { processWorld } from '@cloudnestle/runtime/process-world';
import { tell } from '../output/print.ts';

/**
 * The platform of a command: warnings go to standard error as lines for people, without addresses; what is only worth a
 * log goes nowhere, and metrics are the functions' business.
 */
export function createCommandPlatform(write: (line: string) => void = tell): Platform {
  const warn = (message: string, fields: Readonly<Record<string, unknown>>) => {
    const details = Object.entries(fields).filter(([, value]) => value !== undefined);
    const words = [message, ...details.map(([name, value]) => `${name} ${value}`)];
    write(maskText(words.join('  ')));
  };
  return {
    ...processWorld,
    ...sdkClients,
    log: { info: () => undefined, warn, error: warn },
    metrics: { count: () => undefined, time: () => undefined },
  };
}
