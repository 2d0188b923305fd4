import { BadRequestException } from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import { createIds } from './account.ts';
import { type AwsService, metadata, NotModelledError } from './aws.ts';
import { readerOf } from './inputs.ts';

const addresses = z.array(z.string()).default([]);
const text = z.strictObject({ Data: z.string(), Charset: z.string().optional() });
const attachment = z.strictObject({
  FileName: z.string(),
  RawContent: z.instanceof(Uint8Array),
  ContentType: z.string().optional(),
  ContentDisposition: z.enum(['ATTACHMENT', 'INLINE']).optional(),
  ContentDescription: z.string().optional(),
  ContentId: z.string().optional(),
  ContentTransferEncoding: z.enum(['BASE64', 'QUOTED_PRINTABLE', 'SEVEN_BIT']).optional(),
});

const readSendEmail = readerOf(
  'SendEmailCommand',
  z.strictObject({
    FromEmailAddress: z.string(),
    ReplyToAddresses: addresses,
    Destination: z.strictObject({
      ToAddresses: addresses,
      CcAddresses: addresses,
      BccAddresses: addresses,
    }),
    Content: z.strictObject({
      Simple: z.strictObject({
        Subject: text,
        Body: z.strictObject({ Html: text.optional(), Text: text.optional() }),
        Headers: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).optional(),
        Attachments: z.array(attachment).optional(),
      }),
    }),
    ConfigurationSetName: z.string().optional(),
    EmailTags: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).optional(),
  }),
  badRequest,
);

/** A mail that SES has taken: it will be sent. */
export interface Mail {
  messageId: string;
  /** Milliseconds since 1970. */
  sentAt: number;
  from: string;
  /** To, copies and blind copies. */
  recipients: readonly string[];
  subject: string;
  html: string | undefined;
  text: string | undefined;
  attachments: readonly { fileName: string; bytes: Uint8Array }[];
}

const MOST_RECIPIENTS = 50;

/** SES in memory: hands every mail that it takes to `onMail`, and keeps none. */
export function createSes(options: { now(): number; onMail(mail: Mail): void }): AwsService {
  const newId = createIds();
  return {
    execute: (commandName, input) => {
      if (commandName !== 'SendEmailCommand') {
        throw new NotModelledError(`SES in memory has no ${commandName}`);
      }
      const { FromEmailAddress: from, Destination, Content } = readSendEmail(input);
      const recipients = Object.values(Destination).flat();
      checkRecipients([from, ...recipients]);
      const { Subject, Body, Attachments = [] } = Content.Simple;
      if (!Body.Html?.Data && !Body.Text?.Data) throw badRequest('A mail needs a body');
      const messageId = newId();
      options.onMail({
        messageId,
        sentAt: options.now(),
        from,
        recipients,
        subject: Subject.Data,
        html: Body.Html?.Data,
        text: Body.Text?.Data,
        attachments: Attachments.map(({ FileName, RawContent }) => ({
          fileName: FileName,
          bytes: Uint8Array.from(RawContent),
        })),
      });
      return { MessageId: messageId, $metadata: metadata() };
    },
  };
}

function checkRecipients([from = '', ...recipients]: readonly string[]): void {
  if (recipients.length === 0) throw badRequest('At least one recipient is needed');
  if (recipients.length > MOST_RECIPIENTS) throw badRequest('Recipient count exceeds 50.');
  for (const address of [from, ...recipients]) {
    if (!/@[^@\s>]+>?$/.test(address.trim())) throw badRequest("Missing final '@domain'");
    // Domains must be in punycode; local parts beyond ASCII are refused too (AWS, SESv2 Destination).
    if (/[^\x21-\x7e]/.test(address.trim().replace(/^.*<|>$/g, ''))) {
      throw badRequest('Local address contains control or whitespace, or is not ASCII');
    }
  }
}

function badRequest(message: string): BadRequestException {
  return new BadRequestException({ message, $metadata: metadata(400) });
}
