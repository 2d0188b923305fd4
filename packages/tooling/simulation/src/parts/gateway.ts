import type { HttpAnswer, HttpRequest } from '@cloudnestle/phonepe/http';
import type { Engine } from '@cloudnestle/phonepe-sandbox/create-engine';
import type { SampleRequest } from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-order';
import type { SignedWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/sign-webhook';

/** The gateway: the sandbox's own engine on virtual time, and what buyers and its operators do there. */
export interface GatewayModel {
  /** One call of the API, carried out at once. */
  answer(request: HttpRequest): HttpAnswer;
  /** What is there; for invariants. */
  readonly engine: Engine;
  /** What somebody does at the gateway itself, as the gateway's own step. */
  act<T>(work: (engine: Engine) => T): T;
  /** The same order is paid once more by another attempt: the buyer had two tabs of its page. */
  payAgain(merchantOrderId: string): boolean;
  /** A webhook that only claims something, signed as ours or not. */
  signSample(request: SampleRequest, options: { isForged: boolean }): SignedWebhook;
}
