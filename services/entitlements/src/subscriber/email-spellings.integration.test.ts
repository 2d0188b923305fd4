import { emailRecord } from '@cloudnestle/runtime/testing/records';
import { expect } from 'vitest';
import { it } from './testing/subject.ts';

it.for([
  ['as the order spells it', 'One@Example.com', 'One@Example.com'],
  ['lower-cased', 'Two@Example.com', 'two@example.com'],
  ['without the blanks around the order’s', ' three@example.com ', 'three@example.com'],
  [
    'whose domain is in Unicode, the order’s in punycode',
    'six@xn--bcher-kva.example',
    'six@b\u00FCcher.example',
  ],
  [
    'whose domain is in punycode, the order’s in Unicode',
    'seven@b\u00FCcher.example',
    'seven@xn--bcher-kva.example',
  ],
  ['that is decomposed', 'ren\u00E9-8@example.com', 'rene\u0301-8@example.com'],
  ['that is composed', 'Rene\u0301-9@example.com', 'ren\u00E9-9@example.com'],
] as const)('finds the record by email %s', async ([_how, inOrder, inRecord], { subject }) => {
  await subject.addRecord(inRecord, emailRecord);
  await subject.deliver(await subject.addPaidOrder({ userEmail: inOrder }));
  expect(await subject.record(inRecord)).toMatchObject({ access_tier: 'pro' });
});

it('opens the record under the address the buyer had when ordering, and none under one taken later', async ({
  subject,
}) => {
  const order = await subject.addPaidOrder();
  const later = `another-${subject.email}`;
  await subject.setEmail(later);
  await subject.addRecord(subject.email, emailRecord);
  await subject.addRecord(later, emailRecord);
  await subject.deliver(order);
  expect(await subject.record(subject.email)).toMatchObject({ access_tier: 'pro' });
  expect(await subject.record(later)).toEqual(emailRecord);
});

it('opens the record that the order’s row names, whatever address the event carries', async ({
  subject,
}) => {
  const order = await subject.addPaidOrder();
  const forged = `another-${subject.email}`;
  await subject.addRecord(subject.email, emailRecord);
  await subject.addRecord(forged, emailRecord);
  const data = { ...order.detail.data, userEmail: forged };
  await subject.deliver({ ...order, detail: { ...order.detail, data } });
  expect(await subject.record(subject.email)).toMatchObject({ access_tier: 'pro' });
  expect(await subject.record(forged)).toEqual(emailRecord);
});

it('makes the record of a buyer who has none under the address of the order, never under one taken later', async ({
  subject,
}) => {
  const order = await subject.addPaidOrder();
  await subject.setEmail(`another-${subject.email}`);
  await subject.deliver(order);
  expect(await subject.record(subject.userId)).toMatchObject({ user_email: subject.email });
});

it('leaves a missing record by email missing', async ({ subject }) => {
  await subject.addRecord(subject.userId);
  await subject.deliver(await subject.addPaidOrder());
  expect(await subject.record(subject.userId)).toMatchObject({ access_tier: 'pro' });
  expect(await subject.record(subject.email)).toBeUndefined();
});

it('leaves a missing record by user id missing where there is one by email', async ({
  subject,
}) => {
  await subject.addRecord(subject.email, emailRecord);
  await subject.deliver(await subject.addPaidOrder());
  expect(await subject.record(subject.email)).toMatchObject({ access_tier: 'pro' });
  expect(await subject.record(subject.userId)).toBeUndefined();
});
