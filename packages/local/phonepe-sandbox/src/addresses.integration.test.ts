import { expect, test } from 'vitest';
import { controlUrlOf } from './addresses.ts';
import { openMerchant } from './testing/open-merchant.ts';

test('the control calls are found from the address of the API', async () => {
  const { url } = await openMerchant();
  const control = controlUrlOf(`${url}/phonepe/apis/pg-sandbox`);
  expect((await fetch(`${control}/faults`)).status).toBe(200);
  expect(controlUrlOf(`${url}/phonepe/apis/pg-sandbox/`)).toBe(control);
});

test('an API that no sandbox has leads to no control calls', () => {
  expect(controlUrlOf('https://pay.example/apis/pg')).toBeUndefined();
});
