import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { emailRecord } from './testing/records.ts';
import { createSubject, type Subject } from './testing/subject.ts';

let cloud: TestCloud;
let subject: Subject;

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(async () => {
  subject = await createSubject(cloud);
});
afterAll(() => cloud.stop());

it.each([
  ['as the order spells it', 'One@Example.com', 'One@Example.com', 'one@example.com'],
  ['lower-cased', 'Two@Example.com', 'two@example.com', 'two@example.com'],
  ['without the blanks around the order’s', ' three@example.com ', 'three@example.com', 'x@y.z'],
  ['as the user’s row spells it now', 'four@example.com', 'New4@Example.com', 'New4@Example.com'],
  [
    'under the changed address lower-cased',
    'five@example.com',
    'new5@example.com',
    'New5@Example.com',
  ],
  [
    'whose domain is in Unicode, the order’s in punycode',
    'six@xn--bcher-kva.example',
    'six@b\u00FCcher.example',
    'x@y.z',
  ],
  [
    'whose domain is in punycode, the order’s in Unicode',
    'seven@b\u00FCcher.example',
    'seven@xn--bcher-kva.example',
    'x@y.z',
  ],
  ['that is decomposed', 'ren\u00E9-8@example.com', 'rene\u0301-8@example.com', 'x@y.z'],
  ['that is composed', 'Rene\u0301-9@example.com', 'ren\u00E9-9@example.com', 'x@y.z'],
])('finds the record by email %s', async (_how, inOrder, inRecord, inUserRow) => {
  await subject.setEmail(inUserRow);
  await subject.addRecord(inRecord, emailRecord);
  await subject.deliver(await subject.addPaidOrder({ userEmail: inOrder }));
  expect(await subject.record(inRecord)).toMatchObject({ access_tier: 'pro' });
});

it('opens the records under the old and the new address of a buyer who changed it', async () => {
  await subject.setEmail(`new-${subject.email}`);
  await subject.addRecord(subject.email, emailRecord);
  await subject.addRecord(`new-${subject.email}`, emailRecord);
  await subject.deliver(await subject.addPaidOrder());
  expect(await subject.record(subject.email)).toMatchObject({ access_tier: 'pro' });
  expect(await subject.record(`new-${subject.email}`)).toMatchObject({ access_tier: 'pro' });
});

it('leaves a missing record by email missing', async () => {
  await subject.addRecord(subject.userId);
  await subject.deliver(await subject.addPaidOrder());
  expect(await subject.record(subject.userId)).toMatchObject({ access_tier: 'pro' });
  expect(await subject.record(subject.email)).toBeUndefined();
});

it('leaves a missing record by user id missing where there is one by email', async () => {
  await subject.addRecord(subject.email, emailRecord);
  await subject.deliver(await subject.addPaidOrder());
  expect(await subject.record(subject.email)).toMatchObject({ access_tier: 'pro' });
  expect(await subject.record(subject.userId)).toBeUndefined();
});
