import { expect, it } from 'vitest';
import { createSes, type Mail } from './ses.ts';

function build() {
  const mails: Mail[] = [];
  const ses = createSes({ now: () => 7, onMail: (mail) => mails.push(mail) });
  const send = (to: string, simple: object = {}) =>
    ses.execute('SendEmailCommand', {
      FromEmailAddress: 'shop@example.com',
      Destination: { ToAddresses: [to] },
      Content: {
        Simple: { Subject: { Data: 'Paid' }, Body: { Text: { Data: 'Thank you' } }, ...simple },
      },
    });
  return { mails, send };
}

it('hands on every mail that it takes, with its id and its attachments', () => {
  const { mails, send } = build();
  const RawContent = Uint8Array.from([1, 2]);
  const answer = send('a@example.com', {
    Attachments: [{ FileName: 'invoice.pdf', RawContent, ContentType: 'application/pdf' }],
  });
  RawContent.fill(0);
  expect(answer).toMatchObject({ MessageId: mails[0]?.messageId });
  expect(mails).toEqual([
    {
      messageId: expect.any(String),
      sentAt: 7,
      from: 'shop@example.com',
      recipients: ['a@example.com'],
      subject: 'Paid',
      html: undefined,
      text: 'Thank you',
      attachments: [{ fileName: 'invoice.pdf', bytes: Uint8Array.from([1, 2]) }],
    },
  ]);
});

it.each(['a b@example.com', 'käse@example.com', 'a@münchen.de', 'Ann <é@example.com>'])(
  'refuses %s, which SES cannot send to',
  (address) => {
    const { mails, send } = build();
    expect(() => send(address)).toThrow(expect.objectContaining({ name: 'BadRequestException' }));
    expect(mails).toEqual([]);
  },
);
