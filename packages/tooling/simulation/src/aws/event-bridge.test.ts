import { topology } from '@cloudnestle/topology/topology';
import { expect, it } from 'vitest';
import { createAws } from './create-aws.ts';
import type { Delivery } from './event-bridge.ts';

function build(options: { refuses?: (index: number) => boolean } = {}) {
  const deliveries: Delivery[] = [];
  let asked = 0;
  const aws = createAws({
    lagMs: 0,
    now: () => Date.UTC(2026, 0, 31),
    choose: () => 0,
    onDelivery: (delivery) => deliveries.push(delivery),
    onMail: () => {},
    refuse: () => {
      asked += 1;
      return options.refuses?.(asked - 1)
        ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }
        : undefined;
    },
  });
  const put = (...detailTypes: string[]) =>
    aws.events.execute('PutEventsCommand', {
      Entries: detailTypes.map((DetailType) => ({
        EventBusName: topology.bus.name,
        Source: topology.bus.source,
        DetailType,
        Detail: '{}',
      })),
    });
  const bodies = (queue: string) => [...aws.sqs.messages(queue)].map(({ body }) => body);
  return { aws, deliveries, put, bodies };
}

it('hands on one delivery for each rule that matches, and delivers it when and as often as the caller says so', () => {
  const { deliveries, put, bodies } = build();
  put('PaymentInitiated');
  const queue = 'marketplace-payments-notifications';
  expect(deliveries.map((each) => each.queue)).toEqual([queue]);
  expect(bodies(queue)).toEqual([]);
  deliveries[0]?.deliver();
  deliveries[0]?.deliver();
  expect(bodies(queue)).toHaveLength(2);
  expect(JSON.parse(bodies(queue)[0] ?? '')).toMatchObject({
    version: '0',
    'detail-type': 'PaymentInitiated',
    source: topology.bus.source,
    time: '2026-01-31T00:00:00Z',
    detail: {},
  });
});

it('answers 200 with the entries that fail, and delivers only the others', () => {
  const { deliveries, put } = build({ refuses: (index) => index === 1 });
  expect(put('PaymentInitiated', 'PaymentInitiated')).toMatchObject({
    FailedEntryCount: 1,
    Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'ThrottlingException' }],
    $metadata: { httpStatusCode: 200 },
  });
  expect(deliveries).toHaveLength(1);
});

it('puts an event that it gives up on into the delivery dead-letter queue, with rule, target and reason', () => {
  const { aws, deliveries, put } = build();
  put('PaymentInitiated');
  deliveries[0]?.giveUp({ code: 'NO_PERMISSIONS', message: 'not allowed', retries: 3 });
  expect([...aws.sqs.messages(topology.deliveryDeadLetterQueue)]).toMatchObject([
    {
      attributes: {
        RULE_ARN: {
          StringValue:
            'arn:aws:events:us-east-1:000000000000:rule/marketplace-payments/marketplace-payments-notifications',
        },
        TARGET_ARN: {
          StringValue: 'arn:aws:sqs:us-east-1:000000000000:marketplace-payments-notifications',
        },
        ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
        RETRY_ATTEMPTS: { StringValue: '3' },
      },
    },
  ]);
});
