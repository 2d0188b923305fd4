import type {
  AllowedResponse,
  QuotaExceededResponse,
  RefusedTokenResponse,
  ValidateTokenRequest,
} from '@cloudnestle/contracts/http/validate-token';
import { requestId } from '../../examples.ts';
import type { OperationDoc } from '../operation.ts';

const request: ValidateTokenRequest = {
  token: 'tok_perm_abc123',
  solution_id: 'aws-solution-finder',
  action: 'search',
};

const holder = {
  user_email: 'user@example.com',
  access_tier: 'registered',
  user: { email: 'user@example.com', tier: 'registered' },
  solution_id: 'aws-solution-finder',
};

const allowed: AllowedResponse & { requestId: string } = {
  success: true,
  allowed: true,
  ...holder,
  quota_remaining: 6,
  quota: { daily_limit: 10, daily_used: 4 },
  requestId,
};

const exhausted: QuotaExceededResponse & { requestId: string } = {
  success: false,
  allowed: false,
  error: 'You have used all 10 searches of today.',
  message: 'You have used all 10 searches of today.',
  code: 'QUOTA_EXCEEDED',
  ...holder,
  quota_remaining: 0,
  quota: { daily_limit: 10, daily_used: 10 },
  resets_at: '2025-11-24T00:00:00.000Z',
  upgrade: {
    tier: 'pro',
    plan_id: 'pro',
    plan_name: 'Pro',
    amount_in_paisa: 29_900,
    currency: 'INR',
    daily_limit: -1,
    upgrade_path: '/payments/upgrade-to-pro',
  },
  requestId,
};

const unknown: RefusedTokenResponse & { requestId: string } = {
  success: false,
  allowed: false,
  error: 'This token is not known for this solution. Please register again to get a new one.',
  message: 'This token is not known for this solution. Please register again to get a new one.',
  code: 'UNKNOWN_TOKEN',
  solution_id: 'aws-solution-finder',
  requestId,
};

export const validateToken: OperationDoc = {
  route: 'POST /api/validate-solution-token',
  operationId: 'validateSolutionToken',
  tag: 'Search',
  summary: 'May this token search now?',
  description:
    'What a search app asks before every search. A search that is allowed is counted, unless `check_only` is true. Where ' +
    'the records cannot be read no buyer is let in, and none is told that they may not: that is a 503. An answer takes ' +
    'less than 5 s.',
  body: {
    required: true,
    examples: {
      'A search': { schema: 'ValidateTokenRequest', value: request },
      'Only a look': { schema: 'ValidateTokenRequest', value: { ...request, check_only: true } },
    },
  },
  answers: [
    {
      status: 200,
      description: 'The search may go ahead.',
      schema: 'AllowedAnswer',
      examples: {
        'Some searches left': allowed,
        Unlimited: {
          ...allowed,
          access_tier: 'pro',
          user: { ...holder.user, tier: 'pro' },
          quota_remaining: -1,
          quota: { daily_limit: -1, daily_used: 0 },
        },
      },
    },
    {
      status: 403,
      description: 'Not with this token: `UNKNOWN_TOKEN` or `SUSPENDED`.',
      schema: 'RefusedTokenAnswer',
      examples: {
        UNKNOWN_TOKEN: unknown,
        SUSPENDED: {
          ...unknown,
          error: 'This account is suspended. Please write to our support.',
          message: 'This account is suspended. Please write to our support.',
          code: 'SUSPENDED',
        },
      },
    },
    {
      status: 429,
      description:
        "`QUOTA_EXCEEDED`: today's searches are used up; Retry-After lasts until the next day begins.",
      schema: 'QuotaExceededAnswer',
      headers: ['Retry-After'],
      examples: { QUOTA_EXCEEDED: exhausted },
    },
  ],
  errors: [
    {
      status: 400,
      code: 'INVALID_REQUEST',
      when: 'A field is missing or wrong.',
      message: 'Please check your request: token is missing',
      fields: [{ field: 'token', message: 'is missing' }],
    },
  ],
};
