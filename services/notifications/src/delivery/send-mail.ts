import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { describeError } from '@cloudnestle/runtime/errors';
import type { Mail } from '../mail/content.ts';
import { classifySendFailure } from './classify-send-failure.ts';
import { toMailAddress } from './to-mail-address.ts';

/** What SES made of a mail. */
export type SendResult =
  | { kind: 'accepted'; messageId: string }
  /** Surely not sent. `isPermanent`: nor will it ever be. */
  | { kind: 'refused'; reason: string; isPermanent: boolean }
  /** It may have been sent. */
  | { kind: 'unknown'; reason: string };

/** Hands one mail to SES, once. Never throws. */
export type MailSender = (to: string, mail: Mail) => Promise<SendResult>;

const Charset = 'UTF-8';

/** `ses` must not repeat calls by itself: SES has no idempotency key. */
export function createMailSender(deps: {
  ses: SESv2Client;
  from: string;
  replyTo: string;
}): MailSender {
  const { ses, from, replyTo } = deps;
  return async (to, { subject, html, text }) => {
    const recipient = toMailAddress(to);
    if (recipient.kind === 'unusable') {
      return { kind: 'refused', isPermanent: true, reason: recipient.why };
    }
    const command = new SendEmailCommand({
      FromEmailAddress: from,
      ReplyToAddresses: [replyTo],
      Destination: { ToAddresses: [recipient.address] },
      Content: {
        Simple: {
          Subject: { Data: subject, Charset },
          Body: { Html: { Data: html, Charset }, Text: { Data: text, Charset } },
        },
      },
    });
    try {
      const { MessageId: messageId } = await ses.send(command);
      if (messageId) return { kind: 'accepted', messageId };
      return { kind: 'unknown', reason: 'SES answered without a message id' };
    } catch (error) {
      return { ...classifySendFailure(error), reason: describeError(error) };
    }
  };
}
