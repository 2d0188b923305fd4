import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { buildRecord, invokeQueue } from '@cloudnestle/runtime/testing/invoke';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { type RunningSandbox, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { handlerBuilders } from '../src/build-handlers.ts';
import { createEvents, TOKEN_SECRET } from './testing/call-scenes.ts';
import { createWorld } from './testing/metrics-world.ts';

let cloud: TestCloud;
let gateway: RunningSandbox;
let events: ReturnType<typeof createEvents>;

beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.writeSecret(cloud.topology.secrets.tokenSecret, { tokenSecret: TOKEN_SECRET });
  gateway = await startTestGateway(cloud);
  events = createEvents(createWorld(cloud, gateway));
});
afterAll(async () => {
  await gateway.close();
  await cloud.stop();
});

const subscribers = [
  'tiers',
  'entitlements',
  'notifications',
  'reconciliation',
  'invoices',
] as const;
const inputSchema = z.object({
  RequestItems: z.record(
    z.string(),
    z.looseObject({ Keys: z.array(z.record(z.string(), z.string())) }),
  ),
});
type Keys = z.infer<typeof inputSchema>['RequestItems'];

/** What becomes of a batch read: some of its keys are not handed out, or the whole call throws. */
type Trouble = (asked: Keys) => Keys;

describe.each(subscribers)('%s', (subscriber) => {
  /** The subscriber as it is deployed, with trouble at its batch reads as long as there is some. */
  const start = () => {
    let trouble: Trouble | undefined;
    const platform = {
      ...createFakePlatform(),
      clients: { dynamo: () => withTrouble((asked) => trouble?.(asked) ?? {}) },
    };
    const environment = createWorld(cloud, gateway).environmentOf(subscriber);
    const handler = handlerBuilders[subscriber](environment, platform);
    return {
      deliver: async (records: ReturnType<typeof buildRecord>[], during?: Trouble) => {
        trouble = during;
        const { batchItemFailures } = await invokeQueue(handler, records);
        return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      },
    };
  };
  const makeRecords = async () => {
    const made = await Promise.all(Array.from({ length: 4 }, () => events[subscriber]()));
    return made.map((event) => buildRecord(event));
  };

  it('takes only the record again whose row is in no answer, and goes on with the part that came', async () => {
    const { deliver } = start();
    const records = await makeRecords();
    const [, unlucky] = records;
    const isUnlucky = ({ transactionId }: Record<string, string>) =>
      transactionId !== undefined && unlucky?.body.includes(`"${transactionId}"`);
    const leaveOut: Trouble = (asked) =>
      Object.fromEntries(
        Object.entries(asked)
          .map(([table, { Keys }]) => [table, { Keys: Keys.filter(isUnlucky) }] as const)
          .filter(([, { Keys }]) => Keys.length > 0),
      );
    expect(await deliver(records, leaveOut)).toEqual([unlucky?.messageId]);
    expect(await deliver(records.slice(1, 2))).toEqual([]);
  });

  it('takes those again whose read was throttled, and no record that wanted none', async () => {
    const { deliver } = start();
    const records = await makeRecords();
    const unreadable = buildRecord({ detailType: 'Nonsense', detail: {} });
    const throttle: Trouble = () => {
      throw Object.assign(new Error('too much'), {
        name: 'ProvisionedThroughputExceededException',
        $metadata: { httpStatusCode: 400 },
      });
    };
    const again = await deliver([...records, unreadable], throttle);
    expect(again.toSorted()).toEqual(records.map(({ messageId }) => messageId).toSorted());
    expect(await deliver(records)).toEqual([]);
  });
});

/** A client whose batch reads are asked for less than was wanted: what `trouble` names is left over, as DynamoDB does it. */
function withTrouble(trouble: Trouble) {
  const client = createDynamoClient();
  client.middlewareStack.add(
    (next) => async (args) => {
      const read = inputSchema.safeParse(args.input);
      if (!read.success) return next(args);
      const { RequestItems } = read.data;
      const UnprocessedKeys = trouble(RequestItems);
      const handedOut = Object.entries(RequestItems).flatMap(([table, { Keys }]) => {
        const left = UnprocessedKeys[table]?.Keys ?? [];
        const given = Keys.filter((key) => !left.includes(key));
        return given.length > 0 ? [[table, { ...RequestItems[table], Keys: given }]] : [];
      });
      if (handedOut.length === 0) {
        return { response: {}, output: { $metadata: {}, Responses: {}, UnprocessedKeys } };
      }
      const input = { RequestItems: Object.fromEntries(handedOut) };
      const answered = await next({ ...args, input });
      return { ...answered, output: { ...answered.output, UnprocessedKeys } };
    },
    { step: 'initialize' },
  );
  return client;
}
