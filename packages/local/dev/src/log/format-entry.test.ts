import pc from 'picocolors';
import { expect, test } from 'vitest';
import { noColors } from './colors.ts';
import type { LogEntry } from './entry.ts';
import { formatEntry } from './format-entry.ts';

const at = new Date(2025, 10, 23, 14, 3, 7, 45);

test('a summary is one readable line with shortened ids', () => {
  const line = formatEntry(
    entry({
      unit: 'tiers',
      fields: {
        unit: 'tiers',
        outcome: 'applied',
        durationMs: 12.4,
        transactionId: 'txn_MP-test-uuid-123-1732356000-abc123',
        detailType: 'PaymentCompleted',
        attempt: 1,
      },
    }),
    noColors,
  );
  expect(line).toBe(
    '14:03:07.045  tiers                applied       …abc123  PaymentCompleted  12 ms',
  );
});

test('a sweep says what it did, and nothing of what it did not', () => {
  const fields = { unit: 'sweep', outcome: 'done', durationMs: 12, due: 2, settled: 1, errors: 0 };
  expect(formatEntry(entry({ unit: 'sweep', fields }), noColors)).toBe(
    '14:03:07.045  sweep                done          due 2, settled 1  12 ms',
  );
});

test('a retry says which attempt it was, why it failed and when it comes back', () => {
  const line = formatEntry(
    entry({
      level: 'warn',
      fields: { outcome: 'retry', attempt: 3, retryInSeconds: 90, reason: 'the table is busy' },
    }),
    noColors,
  );
  expect(line).toContain('retry         attempt 3  again in 90 s  the table is busy');
});

test('a remark names its details', () => {
  const line = formatEntry(
    entry({ message: 'batch failed', fields: { reason: 'timed out after 15 s', messages: 3 } }),
    noColors,
  );
  expect(line).toBe(
    '14:03:07.045  tiers           batch failed  reason timed out after 15 s, messages 3',
  );
});

test('text from outside can neither break the line nor steer the terminal', () => {
  const line = formatEntry(
    entry({ fields: { outcome: 'ignored', gatewayEvent: 'a\nb\u001b[2Jc\u0007\u202e\u2028' } }),
    noColors,
  );
  expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(line).toContain(String.raw`a\u000ab\u001b[2Jc`);
});

test('colour tells done, nothing to do and trouble apart', () => {
  const colors = pc.createColors(true);
  const show = (level: LogEntry['level'], outcome: string) =>
    formatEntry(entry({ level, fields: { outcome } }), colors);
  expect(show('info', 'applied')).toContain(colors.green('applied     '));
  expect(show('info', 'duplicate')).toContain(colors.yellow('duplicate   '));
  expect(show('info', 'ALREADY_PRO')).toContain(colors.yellow('ALREADY_PRO '));
  expect(show('error', 'dead-lettered')).toContain(colors.red('dead-lettered'));
});

function entry(overrides: Partial<LogEntry>): LogEntry {
  return { at, level: 'info', unit: 'tiers', message: 'summary', fields: {}, ...overrides };
}
