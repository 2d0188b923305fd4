import type {
  AllowedResponse,
  QuotaExceededResponse,
  RefusedTokenResponse,
} from '@cloudnestle/contracts/http/validate-token';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { Clock } from '@cloudnestle/payments/clock';
import type { HttpAnswer } from '@cloudnestle/runtime/http/handler';
import type { Holder } from './find-holder.ts';
import { findUpgrade } from './find-upgrade.ts';
import type { Validation } from './validate-token.ts';

interface AnswerContext {
  solutionId: string;
  isOnlyLook: boolean;
  catalogue: Catalogue;
  now: Clock;
}

/** Unlimited, as the search app spells it. */
const UNLIMITED = -1;

/** A validation in the live client's words: 200 allowed, 429 used up, 403 everything else. */
export function answerValidation(validation: Validation, context: AnswerContext): HttpAnswer {
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
  { holder, tier, used }: Extract<Validation, { kind: 'allowed' }>,
  { solutionId, isOnlyLook }: AnswerContext,
): HttpAnswer {
  const limit = tier.dailyQuota;
  const body: AllowedResponse = {
    success: true,
    allowed: true,
    ...describeHolder(holder, tier.tier, solutionId),
    quota_remaining: limit === null ? UNLIMITED : limit - used,
    quota: { daily_limit: limit ?? UNLIMITED, daily_used: used },
  };
  const outcome = isOnlyLook ? 'looked' : 'allowed';
  return { statusCode: 200, body, summary: { outcome, userId: holder.userId } };
}

function answerExhausted(
  { holder, tier, limit, used, resetsAt }: Extract<Validation, { kind: 'exhausted' }>,
  { solutionId, catalogue, now }: AnswerContext,
): HttpAnswer {
  const words = `You have used all ${limit} searches of today.`;
  const body: QuotaExceededResponse = {
    success: false,
    allowed: false,
    error: words,
    message: words,
    code: 'QUOTA_EXCEEDED',
    ...describeHolder(holder, tier.tier, solutionId),
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

function describeHolder({ email }: Holder, tier: string, solutionId: string) {
  return {
    user_email: email,
    access_tier: tier,
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
