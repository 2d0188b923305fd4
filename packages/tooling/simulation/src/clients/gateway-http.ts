import { parseJson } from '@cloudnestle/contracts/json';
import type { HttpAnswer, HttpRequest, SendRequest } from '@cloudnestle/payments/gateway-tools';
import type { CallFault } from '../faults/fault-kinds.ts';
import type { Container } from '../parts/container.ts';
import type { Simulation } from '../parts/simulation.ts';

const TYPICAL_MS = 80;
const SLOW_MS = 6_000;
/** A request that its caller has given up may still be carried out for so long. */
const LATEST_EFFECT_MS = 60_000;

interface World extends Pick<Simulation, 'scheduler' | 'network' | 'chance' | 'faults' | 'trace'> {
  gateway: Pick<Simulation['gateway'], 'answer'>;
  watch: Pick<Simulation['watch'], 'asked' | 'refundAsked'>;
}
type Caller = Pick<Container, 'functionName' | 'actor'>;

/** HTTP between one container and the gateway, with everything that happens to it on the way. */
export function createGatewayHttp(simulation: World, container: Caller): SendRequest {
  return (request, signal) =>
    new Promise((resolve) => {
      const onAbort = () => settle({ kind: 'failed', mayHaveArrived: true, reason: 'timed out' });
      const settle = (answer: HttpAnswer) => {
        signal.removeEventListener('abort', onAbort);
        resolve(answer);
      };
      if (signal.aborted) {
        return resolve({ kind: 'failed', mayHaveArrived: false, reason: 'timed out' });
      }
      signal.addEventListener('abort', onAbort, { once: true });
      exchange(simulation, container, request, settle);
    });
}

/** One exchange. Where nothing is settled the caller waits until it gives up. */
function exchange(
  simulation: World,
  container: Caller,
  request: HttpRequest,
  settle: (answer: HttpAnswer) => void,
): void {
  const { scheduler, network, chance, faults, gateway, trace } = simulation;
  const operation = describe(request);
  const caller = container.functionName;
  const fault = faults.ofCall({ dependency: 'gateway', operation, caller });
  const call = { dependency: 'gateway' as const, operation, input: request };
  const order = /\/order\/([^/]+)\/status/.exec(request.url)?.[1];
  const refund = /\/refund\/([^/]+)\/status/.exec(request.url)?.[1];
  const answerWith = (answer: HttpAnswer) => {
    // Only what the gateway itself says of the order or the refund counts as its word.
    if (order !== undefined && answer.kind === 'answered' && isItsWord(answer)) {
      simulation.watch.asked(caller, decodeURIComponent(order));
    }
    if (refund !== undefined && answer.kind === 'answered' && isItsWord(answer)) {
      const isKnown = answer.status === 200;
      simulation.watch.refundAsked(caller, decodeURIComponent(refund), isKnown);
    }
    scheduler.enter(container.actor, () => settle(answer));
  };
  const execute = (): HttpAnswer => {
    const answer = gateway.answer(request);
    trace.call(container, call, answer.kind === 'answered' ? String(answer.status) : answer.reason);
    return answer;
  };
  const latencyMs = chance.latencyMs(TYPICAL_MS);
  const fail = (kind: CallFault, answer?: HttpAnswer) => {
    trace.call(container, call, kind);
    if (answer) answerWith(answer);
  };
  const isLost = () => container.actor.isDead && chance.isHit(0.5);
  scheduler.after(latencyMs, network, () => {
    if (isLost()) return;
    switch (fault) {
      case undefined:
        return answerWith(execute());
      case 'slow': {
        const answer = execute();
        scheduler.after(chance.fraction() * SLOW_MS, network, () => answerWith(answer));
        return;
      }
      case 'refused':
      case 'connectTimeout':
        return fail(fault, { kind: 'failed', mayHaveArrived: false, reason: 'ECONNREFUSED' });
      case 'throttled':
        return fail(fault, answered(429, { code: 'TOO_MANY_REQUESTS' }));
      case 'serverError':
        return fail(
          fault,
          answered(chance.isHit(0.5) ? 500 : 503, { code: 'INTERNAL_SERVER_ERROR' }),
        );
      case 'serverErrorAfterEffect':
        execute();
        return fail(fault, answered(502, { code: 'INTERNAL_SERVER_ERROR' }));
      case 'lostAnswer':
        execute();
        return fail(fault, { kind: 'failed', mayHaveArrived: true, reason: 'ECONNRESET' });
      case 'timeoutAfterEffect':
        execute();
        return fail(fault);
      case 'lateEffect':
        scheduler.after(chance.fraction() * LATEST_EFFECT_MS, network, execute);
        return fail(fault);
      case 'malformedAnswer':
        execute();
        return fail(fault, { kind: 'answered', status: 200, body: '{"orderId":"OMO' });
      case 'unauthorized':
        return fail(fault, answered(401, { success: false, code: '401' }));
      default:
        return fail(fault);
    }
  });
}

/** An answer that broke off on the way says nothing, whatever its status. */
function isItsWord({ status, body }: Extract<HttpAnswer, { kind: 'answered' }>): boolean {
  return (
    (status === 200 && parseJson(body) !== undefined) ||
    (status === 400 && /INVALID_MERCHANT_(ORDER|REFUND)_ID/.test(body))
  );
}

function answered(status: number, body: object): HttpAnswer {
  return { kind: 'answered', status, body: JSON.stringify(body) };
}

/** `GET /checkout/v2/order/status`: a call without its ids. */
function describe({ method, url }: HttpRequest): string {
  const pathname = url.replace(/^https:\/\/[^/]*|\?.*$/g, '');
  return `${method} ${pathname.replace(/\/(order|refund)\/[^/]+\/status$/, '/$1/status')}`;
}
