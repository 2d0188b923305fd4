import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSes, type Mail } from './ses.ts';
import { outcomeOf, runs } from './testing/compare.ts';

let cloud: TestCloud;
let client: SESv2Client;
beforeAll(async () => {
  cloud = await startTestCloud();
  client = new SESv2Client({ maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await cloud.stop();
});

const anyAddress = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('a@example.com', 'Ann <b@example.com>', 'c@xn--mnchen-3ya.de'),
  },
  { weight: 1, arbitrary: fc.constantFrom('ann', 'a@', '@', '') },
);
const anyAddresses = fc.array(anyAddress, { maxLength: 3 });
const anyText = fc.record({
  Data: fc.constantFrom('Hello', 'Grüße', ''),
  Charset: fc.constant('UTF-8'),
});

const anyMail: fc.Arbitrary<SendEmailCommandInput> = fc.record({
  FromEmailAddress: fc.constant('shop@example.com'),
  ReplyToAddresses: fc.constantFrom(['help@example.com'], []),
  Destination: fc.record({
    ToAddresses: anyAddresses,
    CcAddresses: fc.constantFrom([], ['d@example.com']),
  }),
  Content: fc.record({
    Simple: fc.record({
      Subject: fc.constant({ Data: 'Paid', Charset: 'UTF-8' }),
      Body: fc.record({ Html: anyText, Text: anyText }),
    }),
  }),
});

it('SES in memory takes and refuses the same mails as the emulator', async () => {
  const mails: Mail[] = [];
  const ses = createSes({ now: Date.now, onMail: (mail) => mails.push(mail) });
  await fc.assert(
    fc.asyncProperty(fc.array(anyMail, { maxLength: 5 }), async (inputs) => {
      for (const input of inputs) {
        const model = await outcomeOf(() => ses.execute('SendEmailCommand', input));
        const emulator = await outcomeOf(() => client.send(new SendEmailCommand(input)));
        expect(withoutId(model), JSON.stringify(input)).toEqual(withoutId(emulator));
      }
    }),
    { numRuns: runs, endOnFailure: true },
  );
  const inbox = await cloud.cloud.inbox.emails();
  const shown = inbox.map(({ from, destination, subject, body }) => ({
    from,
    recipients: [...destination.to, ...destination.cc, ...destination.bcc],
    subject,
    ...body,
  }));
  expect(
    mails.map(({ from, recipients, subject, html, text }) => ({
      from,
      recipients,
      subject,
      html,
      text,
    })),
  ).toEqual(shown);
});

function withoutId(outcome: unknown): unknown {
  return JSON.parse(
    JSON.stringify(outcome, (key, value) => (key === 'MessageId' ? typeof value : value)),
  );
}
