import type { MailEvent } from '../mail-event.ts';
import type { Mail, MailContent, MailLinks } from './content.ts';
import { describeFailed } from './failed.ts';
import { describeInitiated } from './initiated.ts';
import { renderHtml } from './layout-html.ts';
import { renderText } from './layout-text.ts';
import { describeWelcome } from './welcome.ts';

/** The mail an event causes, as HTML and as text. */
export async function buildMail(event: MailEvent, links: MailLinks): Promise<Mail> {
  const content = describeMail(event, links);
  return {
    subject: content.subject,
    html: await renderHtml(content, links),
    text: renderText(content, links),
  };
}

function describeMail(event: MailEvent, links: MailLinks): MailContent {
  switch (event.detailType) {
    case 'PaymentInitiated':
      return describeInitiated(event.data);
    case 'PaymentCompleted':
      return describeWelcome(event.data, links);
    case 'PaymentFailed':
      return describeFailed(event.data, links);
  }
}
