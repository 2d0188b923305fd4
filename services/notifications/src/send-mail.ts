import { type Attachment, type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { toMailAddress } from '@cloudnestle/operations/mails/mail-address';
import { httpStatusOf } from '@cloudnestle/runtime/aws-errors';
import { describeError } from '@cloudnestle/runtime/errors';
import type { Mail } from './mail/layout.ts';

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
  return async (to, { subject, html, text, attachment }) => {
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
          ...(attachment ? { Attachments: [describeAttachment(attachment)] } : {}),
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

function describeAttachment({
  name,
  contentType,
  bytes,
}: NonNullable<Mail['attachment']>): Attachment {
  return {
    FileName: name,
    ContentType: contentType,
    ContentDisposition: 'ATTACHMENT',
    ContentTransferEncoding: 'BASE64',
    RawContent: bytes,
  };
}

/** What a failed SES call says of the mail. */
type SendFailure = { kind: 'refused'; isPermanent: boolean } | { kind: 'unknown' };

const unknown: SendFailure = { kind: 'unknown' };
const refused: SendFailure = { kind: 'refused', isPermanent: false };

/**
 * Says whether a mail was surely not sent (rule 8): no connection, any 4xx (throttling included), 503. What
 * cannot be told is unknown.
 *
 * Of the 4xx only `BadRequestException` is permanent: SES cannot read the request, an address most likely, and it will
 * be the same next time. The others are for an operator to repair while the record waits (an identity not verified
 * yet, which SES calls `MessageRejected`; sending paused; a missing permission), and end in the dead-letter queue
 * if the operator does not.
 */
export function classifySendFailure(error: unknown): SendFailure {
  const status = httpStatusOf(error);
  if (status === undefined) return isBeforeSending(error) ? refused : unknown;
  if (status === 503) return refused;
  if (status < 400 || status >= 500) return unknown;
  return { kind: 'refused', isPermanent: nameOf(error) === 'BadRequestException' };
}

/** Codes of Node that mean no connection was made. */
const connectCodes: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
];

/** Steps of Node's connecting; the same code (ETIMEDOUT) means something else once connected. */
const connectCalls: readonly string[] = ['connect', 'getaddrinfo'];

/** The SDK gives its own connection timeout neither code nor name of its own: only these words. */
const CONNECTION_TIMEOUT = /did not establish a connection/;

function isBeforeSending(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Every address of the host was tried, each with its own error.
  if (error instanceof AggregateError) return error.errors.every(isBeforeSending);
  if (error.name === 'CredentialsProviderError') return true;
  if (connectCodes.includes(textOf(error, 'code'))) return true;
  if (connectCalls.includes(textOf(error, 'syscall'))) return true;
  return error.name === 'TimeoutError' && CONNECTION_TIMEOUT.test(error.message);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function textOf(error: Error, property: 'code' | 'syscall'): string {
  const value: unknown = Reflect.get(error, property);
  return typeof value === 'string' ? value : '';
}
