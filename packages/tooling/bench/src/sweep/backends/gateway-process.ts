import { startSandbox } from '@cloudnestle/phonepe-sandbox/listen';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { placeOrder, sandboxCredentials, webhookCredentials } from '@cloudnestle/test-kit/gateway';
import * as z from 'zod';
import { endWithParent } from '../../child-process.ts';
import { type Answer, type Question, questionSchema, type Ready } from './gateway-messages.ts';
import { buildDueRow } from './rows.ts';

/** The gateway in a process of its own, every order known and pending: `gateway-process.ts ORDERS`. */
endWithParent();
const ORDERS_AT_ONCE = 8;
const [orders] = z.tuple([z.coerce.number().int()]).parse(process.argv.slice(2));
const gateway = await startSandbox({
  credentials: sandboxCredentials,
  webhook: { url: () => undefined, auth: { kind: 'sha256', ...webhookCredentials } },
});
const now = new Date();
const rows = Array.from({ length: orders }, (_, index) => buildDueRow(index, now));
await mapConcurrently(rows, ORDERS_AT_ONCE, (row) => placeOrder(gateway, row));
process.on('message', (sent) => process.send?.(answer(questionSchema.parse(sent))));
const ready: Ready = { gatewayUrl: gateway.apiUrl };
process.send?.(ready);

function answer(question: Question): Answer {
  const { faults, calls } = gateway.sandbox;
  if (question.ask === 'latency') {
    const { latencyMs } = question;
    faults.set(
      latencyMs > 0 ? [{ operation: 'status', kind: 'latency', latencyMs, count: null }] : [],
    );
  }
  return { statusCalls: calls.status };
}
