import {
  type AllowedResponse,
  type QuotaExceededResponse,
  type RefusedTokenResponse,
  validateTokenRequestSchema,
} from '@cloudnestle/contracts/http/validate-token';
import type { Tier } from '@cloudnestle/contracts/plan';
import { type Catalogue, nameOf } from '@cloudnestle/payments/catalogue';
import type { Clock } from '@cloudnestle/payments/clock';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { unavailable } from '@cloudnestle/runtime/http/errors';
import { type Endpoint, type HttpAnswer, parseBody } from '@cloudnestle/runtime/http/handler';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import type { ValidateDependencies } from './dependencies.ts';
import { type Holder, type Validation, validateToken } from './validate-token.ts';

/** `POST /api/validate-solution-token`: what the search app asks before every search. */
export function buildValidationEndpoint(
  deps: ValidateDependencies & { metrics: Metrics; answerWithinMs: number },
): Endpoint {
  return {
    unit: 'validateToken',
    reads: 'json',
    handle: async ({ body }) => {
      const request = parseBody(validateTokenRequestSchema, body);
      const { token, solution_id: solutionId } = request;
      const isOnlyLook = request.check_only === true;
      // A caller who was told to try again must not be counted later.
      const over = new AbortController();
      const work = validateToken(deps, { token, solutionId, isOnlyLook, over: over.signal });
      const validation = await withTimeout(work, timeLimitMs(deps.answerWithinMs), () => {
        over.abort();
        throw unavailable(`no result within ${deps.answerWithinMs} ms`);
      });
      if (validation.kind === 'unknownToken') deps.metrics.count('TokenUnknown');
      if (validation.kind === 'exhausted') deps.metrics.count('QuotaExceeded');
      return answerValidation(validation, { solutionId, isOnlyLook, ...deps });
    },
  };
}

interface AnswerContext {
  solutionId: string;
  isOnlyLook: boolean;
  catalogue: Catalogue;
  now: Clock;
}

/** Unlimited, as the search app spells it. */
const UNLIMITED = -1;

/** A validation in the live client's words: 200 allowed, 429 used up, 403 everything else. */
function answerValidation(validation: Validation, context: AnswerContext): HttpAnswer {
  switch (validation.kind) {
    case 'allowed':
      return answerAllowed(validation, context);
    case 'exhausted':
      return answerExhausted(validation, context);
    case 'suspended':
      return refuse(
        context,
        'SUSPENDED',
        'This account is suspended. Please write to our support.',
        {
          userId: validation.holder.userId,
        },
      );
    case 'unknownToken':
      return refuse(
        context,
        'UNKNOWN_TOKEN',
        'This token is not known for this solution. Please register again to get a new one.',
        {},
      );
  }
}

function answerAllowed(
  { holder, tier, endsAt, used }: Extract<Validation, { kind: 'allowed' }>,
  { solutionId, isOnlyLook }: AnswerContext,
): HttpAnswer {
  const limit = tier.dailyQuota;
  const body: AllowedResponse = {
    success: true,
    allowed: true,
    ...describeHolder(holder, { tier, endsAt }, solutionId),
    quota_remaining: limit === null ? UNLIMITED : limit - used,
    quota: { daily_limit: limit ?? UNLIMITED, daily_used: used },
  };
  const outcome = isOnlyLook ? 'looked' : 'allowed';
  return { statusCode: 200, body, summary: { outcome, userId: holder.userId } };
}

function answerExhausted(
  { holder, tier, endsAt, limit, used, resetsAt }: Extract<Validation, { kind: 'exhausted' }>,
  { solutionId, catalogue, now }: AnswerContext,
): HttpAnswer {
  const words = `You have used all ${limit} searches of today.`;
  const body: QuotaExceededResponse = {
    success: false,
    allowed: false,
    error: words,
    message: words,
    code: 'QUOTA_EXCEEDED',
    ...describeHolder(holder, { tier, endsAt }, solutionId),
    quota_remaining: 0,
    quota: { daily_limit: limit, daily_used: used },
    resets_at: resetsAt.toISOString(),
    upgrade: findUpgrade(catalogue, tier, solutionId),
  };
  // The day may have ended since it was read.
  const waitSeconds = Math.max(Math.ceil((resetsAt.getTime() - now().getTime()) / 1000), 1);
  return {
    statusCode: 429,
    body,
    headers: { 'retry-after': String(waitSeconds) },
    summary: { outcome: 'QUOTA_EXCEEDED', userId: holder.userId },
  };
}

function describeHolder(
  { email }: Holder,
  { tier: { tier }, endsAt }: Pick<Extract<Validation, { kind: 'allowed' }>, 'tier' | 'endsAt'>,
  solutionId: string,
) {
  return {
    user_email: email,
    access_tier: tier,
    ...(endsAt === undefined ? {} : { access_ends_at: endsAt }),
    user: { email, tier },
    solution_id: solutionId,
  };
}

function refuse(
  { solutionId }: AnswerContext,
  code: RefusedTokenResponse['code'],
  words: string,
  ids: { userId?: string | undefined },
): HttpAnswer {
  const body: RefusedTokenResponse = {
    success: false,
    allowed: false,
    error: words,
    message: words,
    code,
    solution_id: solutionId,
  };
  return { statusCode: 403, body, summary: { outcome: code, ...ids } };
}

/** The cheapest plan on sale that opens more of a solution than a tier does; null where none is. */
function findUpgrade(
  { plansOnSale, tiers }: Catalogue,
  held: Tier,
  solutionId: string,
): QuotaExceededResponse['upgrade'] {
  const offers = plansOnSale.flatMap((plan) => {
    const tier = tiers.find((each) => each.tier === plan.tier);
    const isMore = tier !== undefined && tier.rank > held.rank;
    return isMore && plan.solutionIds.includes(solutionId) ? [{ plan, tier }] : [];
  });
  const [offer] = offers.toSorted(
    (one, other) => one.plan.amountInPaisa - other.plan.amountInPaisa,
  );
  if (!offer) return null;
  const { plan, tier } = offer;
  return {
    tier: plan.tier,
    plan_id: plan.planId,
    plan_name: nameOf(plan),
    amount_in_paisa: plan.amountInPaisa,
    currency: plan.currency,
    daily_limit: tier.dailyQuota ?? -1,
    upgrade_path: '/payments/upgrade-to-pro',
  };
}
