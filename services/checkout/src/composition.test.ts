import { expect, test } from 'vitest';
import { buildHandler as buildCallbackHandler } from './callback/composition.ts';
import { buildHandler as buildStatusHandler } from './status/composition.ts';
import { buildHandler as buildUpgradeHandler } from './upgrade/composition.ts';

test.each([
  ['upgrade', buildUpgradeHandler, ['CHECKOUTS_TABLE', 'GATEWAY_SECRET_ID', 'FRONTENDS']],
  ['callback', buildCallbackHandler, ['TRANSACTIONS_TABLE', 'EVENT_BUS_NAME', 'FRONTENDS']],
  ['status', buildStatusHandler, ['TRANSACTIONS_TABLE', 'ENTITLEMENTS_TABLE']],
] as const)(
  '%s does not start without its variables, and names them',
  (_name, build, variables) => {
    for (const variable of variables) expect(() => build({})).toThrow(variable);
  },
);

test('frontends that are none stop the start, without being repeated', () => {
  const start = () => buildUpgradeHandler({ FRONTENDS: '[{"id":"shop","origin":"nowhere-4711"}]' });
  expect(start).toThrow(/FRONTENDS/);
  expect(start).not.toThrow(/4711/);
});
