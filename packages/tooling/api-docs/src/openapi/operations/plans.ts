import type { PlansResponse } from '@cloudnestle/contracts/http/plans';
import { requestId } from '../../examples.ts';
import type { OperationDoc } from '../operation.ts';

const listed: PlansResponse & { requestId: string } = {
  success: true,
  plans: [
    {
      planId: 'basic-monthly',
      planVersion: 1,
      name: 'Basic, one month',
      tier: 'basic',
      period: 'MONTHLY',
      months: 1,
      amountInPaisa: 9900,
      amount: 99,
      currency: 'INR',
      taxInclusive: true,
      taxNote: 'All taxes are included.',
      searchesPerDay: 50,
      solutionIds: ['aws-solution-finder'],
    },
    {
      planId: 'pro',
      planVersion: 1,
      name: 'Pro',
      tier: 'pro',
      period: 'ONE_TIME',
      months: null,
      amountInPaisa: 29_900,
      amount: 299,
      currency: 'INR',
      taxInclusive: true,
      taxNote: 'All taxes are included.',
      searchesPerDay: null,
      solutionIds: ['aws-solution-finder'],
    },
  ],
  withoutPlan: { tier: 'registered', searchesPerDay: 10 },
  requestId,
};

export const plans: OperationDoc = {
  route: 'GET /payments/plans',
  operationId: 'listPlans',
  tag: 'Buyers',
  summary: 'What is on sale',
  description:
    'The plans that this stage sells, with names, prices and limits, for every caller. A page that shows these types no price, ' +
    'and `tier` and `planId` are what the upgrade call takes.',
  answers: [
    {
      status: 200,
      description: 'The lowest tier first, the cheaper plan first.',
      schema: 'PlansAnswer',
      examples: { 'Two plans': listed },
    },
  ],
  errors: [],
};
