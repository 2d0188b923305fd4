import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { gatewayEventOf } from '@cloudnestle/test-kit/gateway-events';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { expect, it } from 'vitest';
import { findNamedOrder, refuseUnknownOrder } from './gateway-orders.ts';

const row = sampleRow({ phonepeOrderId: 'OMO-NEW' });
const rows = {
  find: async (transactionId: string) =>
    transactionId === row.transactionId ? { ...row } : undefined,
  listByGatewayOrder: async () => [row.transactionId],
};
const said = { kind: 'dispute', gatewayState: 'X' } as const;

it('does not believe an index that is behind: the row itself says which id it has', async () => {
  // It names the row, whatever it is asked.
  const outdated = rows;
  expect(await findNamedOrder(outdated, { ...said, gatewayOrderId: 'OMO-OLD' })).toBeUndefined();
  expect(await findNamedOrder(outdated, { ...said, gatewayOrderId: 'OMO-NEW' })).toMatchObject({
    transactionId: row.transactionId,
  });
});

it('tells the operator every id of an unknown order, and no buyer’s address that stands in one', () => {
  const platform = createFakePlatform();
  const { detailType, detail } = gatewayEventOf({
    ...said,
    merchantOrderId: 'MP-1',
    disputeId: 'buyer@example.com',
  });
  expect(() => refuseUnknownOrder(platform, { detailType, ...detail })).toThrow(
    'no order here for this dispute: merchantOrderId MP-1, disputeId [address]',
  );
  expect(platform.lines).toEqual([
    {
      level: 'warn',
      message: 'gateway event of an unknown order',
      fields: {
        eventId: detail.metadata.eventId,
        kind: 'dispute',
        merchantOrderId: 'MP-1',
        disputeId: '[address]',
      },
    },
  ]);
});
