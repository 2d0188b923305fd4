import type { Colors } from './colors.ts';
import type { LogEntry } from './entry.ts';

/** Green where something was done, yellow where there was nothing to do or it comes back, red where somebody must look. */
export function formatOutcome(text: string, level: LogEntry['level'], colors: Colors): string {
  if (level === 'error') return colors.red(text);
  const isQuiet = level === 'warn' || /^(skipped|duplicate|ignored|[A-Z_]+\b)/.test(text);
  return isQuiet ? colors.yellow(text) : colors.green(text);
}
