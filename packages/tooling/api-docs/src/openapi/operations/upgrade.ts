import type { UpgradeRequest, UpgradeResponse } from '@cloudnestle/contracts/http/upgrade';
import { merchantOrderId, requestId, transactionId } from '../../examples.ts';
import type { OperationDoc } from '../operation.ts';

const request: UpgradeRequest = {
  userId: 'uuid-123',
  userEmail: 'user@example.com',
  tier: 'pro',
  source: 'marketplace',
};

const asCompany: UpgradeRequest = {
  ...request,
  billing: {
    stateCode: '27',
    name: 'Asha Textiles LLP',
    gstin: '27AAPFU0939F1ZV',
    address: '4 Hill Road, Mumbai 400050',
  },
};

const opened: UpgradeResponse & { requestId: string } = {
  success: true,
  transactionId,
  merchantOrderId,
  phonepeOrderId: 'OMO2511231000000000000001',
  redirectUrl: 'https://mercury.example/transact/pgv3?token=sample',
  amount: 299,
  amountInPaisa: 29_900,
  currency: 'INR',
  status: 'PENDING',
  message: 'Payment initiated successfully. Redirecting to the payment page...',
  expiresAt: '2025-11-23T09:30:00.000Z',
  reused: false,
  requestId,
};

const conflict = { currentTier: 'registered', transactionId };

export const upgrade: OperationDoc = {
  route: 'POST /payments/upgrade-to-pro',
  operationId: 'upgradeToPro',
  tag: 'Buyers',
  summary: 'Start a payment',
  description:
    'Opens a payment page for a buyer, or answers with the one that is open already: one order at a time for each buyer ' +
    'and tier, however often they click. A pass may be bought again: it runs on from its end. Send the browser to `redirectUrl`. Nothing is charged by this call. ' +
    'An invoice must bear the State of its buyer: ask for it, and send `billing`.',
  body: {
    required: true,
    examples: {
      'A buyer upgrades': { schema: 'UpgradeRequest', value: request },
      'A company upgrades': { schema: 'UpgradeRequest', value: asCompany },
    },
  },
  answers: [
    {
      status: 200,
      description: 'The payment page, open until `expiresAt`.',
      schema: 'UpgradeAnswer',
      examples: {
        'A new page': opened,
        'The page of an earlier click': {
          ...opened,
          message: 'Your earlier payment page is still open. Redirecting to it...',
          reused: true,
        },
      },
    },
  ],
  errors: [
    {
      status: 400,
      code: 'INVALID_REQUEST',
      when: 'A field is missing or wrong, the plan is not on sale, the source is no known frontend, or the GSTIN is mistyped.',
      message: 'Please check your request: userId is missing',
      fields: [{ field: 'userId', message: 'is missing' }],
    },
    { status: 403, code: 'FORBIDDEN', when: 'The account is suspended.' },
    {
      status: 404,
      code: 'USER_NOT_FOUND',
      when: 'No such user, or an email that is not theirs: a stranger does not learn which.',
    },
    {
      status: 409,
      code: 'NOT_ON_SALE',
      when: 'No plan of this tier is on sale here.',
    },
    {
      status: 409,
      code: 'ALREADY_PRO',
      when: 'The account has this plan, or a better one, for ever.',
      extra: { currentTier: 'pro' },
    },
    {
      status: 409,
      code: 'ALREADY_PAID',
      when: 'An earlier order is paid; its effects are on their way.',
      extra: conflict,
    },
    {
      status: 409,
      code: 'PAYMENT_IN_PROGRESS',
      when: 'An earlier order may still be paid at the gateway, or an operator looks at it.',
      extra: conflict,
    },
    {
      status: 409,
      code: 'PAYMENT_IN_PROGRESS',
      when: 'The payment page of another plan of the tier is open: `redirectUrl` is that page.',
      extra: {
        ...conflict,
        planId: 'basic-monthly',
        redirectUrl: 'https://mercury.example/transact/pgv3?token=sample',
      },
      message:
        'A payment page for another plan is still open. Finish it there, or wait until it has run out.',
    },
    {
      status: 502,
      code: 'GATEWAY_REFUSED',
      when: 'The payment gateway definitely refused the order.',
    },
    {
      status: 503,
      code: 'GATEWAY_UNAVAILABLE',
      when: 'The payment gateway does not answer.',
      retryAfterSeconds: 5,
    },
  ],
};
