import { plansResponseSchema } from '@cloudnestle/contracts/http/plans';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { invokeHttp } from '@cloudnestle/runtime/testing/invoke';
import { expect, it } from 'vitest';
import { buildHandler } from './composition.ts';

const ask = (plansOnSale: readonly string[]) =>
  invokeHttp(
    buildHandler(
      { SOLUTION_ID: 'finder', PLANS_ON_SALE: JSON.stringify(plansOnSale) },
      createFakePlatform(),
    ),
    { method: 'GET', path: '/payments/plans' },
  );

it('says all that a page needs to offer a plan', async () => {
  const { statusCode, body } = await ask(['pro']);
  expect(statusCode).toBe(200);
  expect(plansResponseSchema.parse(body)).toEqual({
    success: true,
    plans: [
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
        solutionIds: ['finder'],
      },
    ],
    withoutPlan: { tier: 'registered', searchesPerDay: 10 },
  });
});

it('lists what the stage sells and nothing else, lower and cheaper plans first', async () => {
  const { body } = await ask([
    'enterprise-yearly',
    'pro',
    'basic-yearly',
    'enterprise-monthly',
    'basic-monthly',
  ]);
  expect(plansResponseSchema.parse(body).plans.map((plan) => [plan.planId, plan.months])).toEqual([
    ['basic-monthly', 1],
    ['basic-yearly', 12],
    ['pro', null],
    ['enterprise-monthly', 1],
    ['enterprise-yearly', 12],
  ]);
  expect((await ask(['basic-yearly'])).body).toMatchObject({
    plans: [{ planId: 'basic-yearly', amountInPaisa: 99_900, searchesPerDay: 50 }],
  });
});

it('does not start on a stage that sells what the catalogue does not have', () => {
  expect(() => buildHandler({ SOLUTION_ID: 'finder', PLANS_ON_SALE: '["gold"]' })).toThrow(
    'PLANS_ON_SALE',
  );
});
