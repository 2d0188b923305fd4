import type { WebhookResponse } from '@cloudnestle/contracts/http/webhook';
import type { Settlement } from '@cloudnestle/payments/settle-order';
import { HttpError, unavailable } from '@cloudnestle/runtime/http/errors';
import type { HttpAnswer } from '@cloudnestle/runtime/http/handler';
import type { WebhookOutcome } from './receive-webhook.ts';

type Result = WebhookResponse['result'];
type Summary = Omit<HttpAnswer['summary'], 'outcome'>;

/** The design's webhook table: what each outcome answers. Anything but 200 makes the gateway deliver again. */
export function answerOutcome(outcome: WebhookOutcome): HttpAnswer {
  switch (outcome.kind) {
    case 'refused':
      throw refusal(outcome.verdict);
    case 'ignored':
      return ok('ignored', { gatewayEvent: outcome.gatewayEvent });
    case 'recorded':
      return ok('recorded', { gatewayEvent: outcome.gatewayEvent, eventId: outcome.eventId });
    case 'recordFailed':
      throw unavailable(outcome.reason, { summary: { gatewayEvent: outcome.gatewayEvent } });
    case 'unknownOrder':
      throw new HttpError(404, 'ORDER_NOT_FOUND', 'No such order.', {
        reason: 'no such order here',
        summary: { gatewayEvent: outcome.gatewayEvent, ...outcome.name },
      });
    case 'unreadableOrder':
      throw new HttpError(500, 'INTERNAL_ERROR', 'Something went wrong on our side.', {
        reason: outcome.reason,
        summary: outcome.name,
      });
    case 'duplicate':
      return ok('duplicate', idsOf(outcome));
    case 'asked':
      return answerSettlement(outcome.settlement, idsOf(outcome));
  }
}

function answerSettlement(settlement: Settlement, ids: Summary): HttpAnswer {
  switch (settlement.kind) {
    case 'completed':
    case 'failed':
      // Another publisher may have been faster, or the body claimed what the gateway does not confirm.
      return ok(settlement.isPublished ? 'published' : 'duplicate', {
        ...ids,
        eventId: settlement.event.detail.metadata.eventId,
        gatewayState: settlement.event.detail.data.gatewayState,
      });
    case 'mismatch':
      throw new HttpError(422, 'PAYMENT_MISMATCH', 'The order does not match.', {
        reason: "the gateway's answer does not fit the order's row",
        summary: ids,
      });
    case 'pending':
      throw unavailable('the gateway has no outcome yet', {
        summary: { ...ids, gatewayState: settlement.gatewayState },
      });
    case 'notFound':
      throw unavailable('unknown at the gateway', { summary: ids });
    case 'gatewayUnavailable':
    case 'publishFailed':
      throw unavailable(settlement.reason, { summary: ids });
  }
}

type Refused = Extract<WebhookOutcome, { kind: 'refused' }>['verdict'];

function refusal(verdict: Refused): HttpError {
  switch (verdict.kind) {
    case 'unauthenticated':
      return new HttpError(401, 'UNAUTHENTICATED', 'Not authenticated.');
    case 'malformed':
      return new HttpError(400, 'INVALID_REQUEST', 'This is no payment callback.', {
        reason: verdict.reason,
      });
    case 'unconfigured':
      return new HttpError(503, 'NOT_CONFIGURED', 'This endpoint is not available.', {
        reason: 'no webhook credentials are configured: webhookCredentials, webhookHmacKeys',
      });
    case 'unavailable':
      return unavailable(verdict.reason);
  }
}

function ok(result: Result, summary: Summary): HttpAnswer {
  return {
    statusCode: 200,
    body: { success: true, result },
    summary: { ...summary, outcome: result },
  };
}

function idsOf(outcome: { gatewayEvent: string; merchantOrderId: string }): Summary {
  return { gatewayEvent: outcome.gatewayEvent, merchantOrderId: outcome.merchantOrderId };
}
