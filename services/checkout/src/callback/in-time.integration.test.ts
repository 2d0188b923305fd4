import { type RunningSandbox, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANSWER_WITHIN_MS, GATEWAY_TIMEOUT_MS } from './confirm-return.ts';
import { type Returns, startReturns } from './testing/start-returns.ts';

let returns: Returns;
let silent: { token: RunningSandbox; status: RunningSandbox };
/** Operations that hang, by the order they are about. */
const hanging = new Map<string, string>();

beforeAll(async () => {
  returns = await startReturns({ patience: 1 });
  const { cloud } = returns;
  silent = { token: await startTestGateway(cloud), status: await startTestGateway(cloud) };
  cloud.cloud.intercept(({ operation, body }) => {
    const request = JSON.stringify(body);
    const isHanging = [...hanging].some(
      ([id, hangs]) => hangs === operation && request.includes(id),
    );
    return isHanging ? { hangMs: HANG_MS } : undefined;
  });
});
afterAll(async () => {
  await Promise.all([silent.token.close(), silent.status.close()]);
  await returns.stop();
});

/** Longer than the test may take: a handler that waited for what hangs would not get there. */
const HANG_MS = 600_000;

/** Measures what a program and a browser are answered about orders that were paid. */
async function askAbout(options: { operation?: string; gateway?: RunningSandbox }) {
  const { operation, gateway = returns.gateway } = options;
  const at = { outcome: 'COMPLETED', gateway } as const;
  const rows = [await returns.place({}, at), await returns.place({}, at)] as const;
  if (operation) for (const row of rows) hanging.set(row.merchantOrderId, operation);
  if (gateway === silent.token || gateway === silent.status) hangOn(gateway);
  const { announce, visit, platform } = returns.open({ gatewayUrl: gateway.apiUrl });
  const [called, visited] = await Promise.all([
    announce(rows[0]),
    visit({ transactionId: rows[1].transactionId }),
  ]);
  return { called, visited, reasons: platform.summaries().map(({ reason }) => reason) };
}

function hangOn(gateway: RunningSandbox) {
  const operation = gateway === silent.token ? 'token' : 'status';
  gateway.sandbox.faults.set([{ operation, kind: 'hang', count: null }]);
}

/** Side by side, because each of them waits for a time limit. */
describe.concurrent('the answer comes within six seconds', () => {
  test('by the limits that everything below is held to', () => {
    expect(ANSWER_WITHIN_MS).toBeLessThan(6000);
    expect(GATEWAY_TIMEOUT_MS).toBeLessThanOrEqual(2500);
  });

  test.each([
    ['the claim on the order', 'UpdateItem'],
    ['the bus', 'PutEvents'],
  ])('and is PENDING with %s hanging', async (_name, operation) => {
    const { called, visited } = await askAbout({ operation });
    expect(called).toMatchObject({ statusCode: 200, body: { status: 'PENDING' } });
    expect(visited.statusCode).toBe(303);
  });

  test.each(['token', 'status'] as const)(
    'and is PENDING with the gateway’s %s call hanging, which is left after 2.5 seconds',
    async (operation) => {
      const { called, visited, reasons } = await askAbout({ gateway: silent[operation] });
      expect(called).toMatchObject({ statusCode: 200, body: { status: 'PENDING' } });
      expect(visited.statusCode).toBe(303);
      for (const reason of reasons) expect(reason).toMatch(/^the gateway: .*timed out/);
    },
  );

  test('and is 503 or a page with the row’s table hanging', async () => {
    const { called, visited } = await askAbout({ operation: 'GetItem' });
    expect(called).toMatchObject({ statusCode: 503, body: { error: { code: 'TRY_AGAIN' } } });
    expect(visited.statusCode).toBe(303);
  });
});
