import { LAST_ATTEMPT, planRetry } from '@cloudnestle/runtime/queue/plan-retry';
import { alarms } from '@cloudnestle/topology/alarms';
import { findFunction } from '@cloudnestle/topology/functions';
import { expect, it } from 'vitest';

/** Seconds until a record that fails every time is tried for the nth time, waits and tries at their longest. */
function longestUntil(attempt: number, timeoutSeconds: number): number {
  const waits = Array.from({ length: attempt - 1 }, (_, index) => {
    const plan = planRetry({
      permanent: false,
      attempt: index + 1,
      random: () => 1,
      scale: 1,
    });
    return plan.kind === 'retry' ? plan.inSeconds : Number.NaN;
  });
  return waits.reduce((sum, wait) => sum + wait + timeoutSeconds, 0);
}

it.each([
  ['tiers', 5],
  ['entitlements', 5],
  ['notifications', LAST_ATTEMPT],
  ['reconciliation', LAST_ATTEMPT],
] as const)(
  'calls a message for %s too old only after its try number %i',
  (subscriber, attempt) => {
    const alarm = alarms.find(({ name }) => name === `queue-too-old-${subscriber}`);
    const { timeoutSeconds } = findFunction(subscriber);
    expect(alarm?.raised).toEqual({ above: expect.any(Number) });
    const above = alarm && 'above' in alarm.raised ? alarm.raised.above : 0;
    expect(above).toBeGreaterThan(longestUntil(attempt, timeoutSeconds));
  },
);
