import * as z from 'zod';
import { AwsError } from '../front/aws-error.ts';

/**
 * Refuses what the engine would take although SES does not: operations it does not know, mails
 * without a recipient, addresses without a domain.
 */
export function checkSesCall(operation: string, body: Buffer | undefined): void {
  if (operation === 'Unknown') {
    throw new AwsError(
      'UnknownOperationException',
      'This SES v2 operation is not supported here',
      404,
    );
  }
  if (operation !== 'SendEmail') return;
  const input = sendEmailInput.safeParse(JSON.parse(body?.toString() || '{}'));
  if (!input.success) throw badRequest('The request is not a SendEmail input');
  const { Destination, Content } = input.data;
  const recipients = Object.values(Destination ?? {}).flatMap((addresses) => addresses ?? []);
  if (recipients.length === 0 && !Content.Raw) throw badRequest('At least one recipient is needed');
  if (recipients.length > maxRecipients) {
    throw badRequest(`Recipient count exceeds ${maxRecipients}.`);
  }
  if (!recipients.every((address) => /@[^@\s>]+>?$/.test(address.trim()))) {
    throw badRequest("Missing final '@domain'");
  }
}

/** SES's own limit for one mail. */
const maxRecipients = 50;

const addresses = z.array(z.string()).nullish();

const sendEmailInput = z.object({
  Content: z.object({ Raw: z.unknown().optional() }),
  Destination: z
    .object({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses })
    .nullish(),
});

function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', message);
}
