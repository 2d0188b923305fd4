import { html } from 'hono/html';

/** A mail ready to be sent. */
export interface Mail {
  subject: string;
  html: string;
  text: string;
  attachment?: { name: string; contentType: string; bytes: Uint8Array };
}

/** Addresses every mail needs. */
export interface MailLinks {
  /** Where plans are used and sold. */
  appUrl: string;
  supportAddress: string;
}

/** What a mail says, in plain text throughout: the layouts alone decide how it looks, and escape every value. */
export interface MailContent {
  subject: string;
  /** The line an inbox shows beside the subject. */
  preview: string;
  heading: string;
  intro: string;
  status: { label: string; tone: 'waiting' | 'good' | 'bad' };
  /** Shown as a table, in this order; the status follows. */
  facts: readonly { label: string; value: string }[];
  list?: { title: string; items: readonly string[]; isNumbered: boolean };
  /** `url` is http or https. */
  action?: { label: string; url: string };
  /** Paragraphs after the button. */
  closing: readonly string[];
}

const SENDER_NAME = 'CloudNestle Marketplace';

type Markup = ReturnType<typeof html>;

/**
 * The one layout of all mails: a single column of tables with inline styles, at most 600 pixels wide and readable at
 * 360. The template tag escapes every value.
 */
export async function renderHtml(content: MailContent, links: MailLinks): Promise<string> {
  const { subject, preview, heading, intro, list, action, closing } = content;
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${subject}</title>
</head>
<body style="${styles.body}">
<div style="${styles.preview}">${preview}</div>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="${styles.outer}"><tr><td align="center" style="${styles.outerCell}">
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="${styles.card}">
<tr><td style="${styles.brand}">${SENDER_NAME}</td></tr>
<tr><td style="${styles.content}">
<h1 style="${styles.heading}">${heading}</h1>
<p style="${styles.paragraph}">${intro}</p>
${renderFacts(content)}
${list && renderList(list)}
${action && renderButton(action)}
${closing.map((paragraph) => html`<p style="${styles.note}">${paragraph}</p>\n`)}
</td></tr>
<tr><td style="${styles.footer}">Questions? Write to <a href="mailto:${links.supportAddress}" style="${styles.footerLink}">${links.supportAddress}</a>, we are glad to help.</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
  return page.toString();
}

function renderFacts({ facts, status }: MailContent): Markup {
  const pill = html`<span style="${styles.status};${statusColours[status.tone]}">${status.label}</span>`;
  return html`<table cellpadding="0" cellspacing="0" border="0" style="${styles.facts}">
${facts.map(({ label, value }) => renderFact(label, value))}${renderFact('Status', pill)}</table>`;
}

function renderFact(label: string, value: string | Markup): Markup {
  return html`<tr><th scope="row" style="${styles.factLabel}">${label}</th><td style="${styles.factValue}">${value}</td></tr>
`;
}

function renderList({ title, items, isNumbered }: NonNullable<MailContent['list']>): Markup {
  const rows = items.map((item, index) =>
    isNumbered
      ? html`<tr><td style="${styles.itemMark}">${index + 1}.</td><td style="${styles.itemText}">${item}</td></tr>\n`
      : html`<tr><td style="${styles.itemText}">${item}</td></tr>\n`,
  );
  return html`<h2 style="${styles.listTitle}">${title}</h2>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="${styles.list}">
${rows}</table>`;
}

function renderButton({ label, url }: NonNullable<MailContent['action']>): Markup {
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="${styles.button}"><tr><td style="${styles.buttonCell}"><a href="${url}" style="${styles.buttonLink}">${label}</a></td></tr></table>`;
}

/** A mail's text part: the same words in the same order as the HTML part. */
export function renderText(content: MailContent, { supportAddress }: MailLinks): string {
  const { heading, intro, facts, status, list, action, closing } = content;
  const lines = [...facts, { label: 'Status', value: status.label }];
  const blocks = [
    heading,
    intro,
    lines.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    list && [`${list.title}:`, ...list.items.map(toItem(list.isNumbered))].join('\n'),
    action && `${action.label}:\n${action.url}`,
    ...closing,
    `Questions? Write to ${supportAddress}.`,
    `-- \n${SENDER_NAME}`,
  ];
  return `${blocks.filter((block) => block !== undefined).join('\n\n')}\n`;
}

const toItem = (isNumbered: boolean) => (item: string, index: number) =>
  isNumbered ? `  ${index + 1}. ${item}` : `  ${item}`;

const FONT =
  'font-family:-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const INK = '#1f2937';
const SOFT = '#6b7280';
const LINE = '#e5e7eb';
const BRAND = '#3b3aa8';

/**
 * Inline styles, since mail programs drop style sheets, and many the body element with its own: what matters stands on
 * the tables. Widths are fluid: nothing here is wider than a phone.
 */
const styles = {
  body: 'margin:0;padding:0;background:#f3f4f8;-webkit-text-size-adjust:100%',
  preview: 'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;color:transparent',
  outer: `width:100%;background:#f3f4f8;${FONT}`,
  outerCell: 'padding:20px 8px',
  card: `width:100%;max-width:600px;background:#ffffff;border:1px solid ${LINE};border-radius:14px;overflow:hidden`,
  brand: `padding:18px 20px;background:${BRAND};color:#ffffff;font-size:15px;line-height:20px;font-weight:600;letter-spacing:.2px`,
  content: 'padding:26px 20px 8px',
  heading: `margin:0 0 12px;font-size:24px;line-height:31px;font-weight:700;color:${INK}`,
  paragraph: `margin:0 0 16px;font-size:16px;line-height:25px;color:${INK}`,
  note: `margin:0 0 14px;font-size:14px;line-height:22px;color:${SOFT}`,
  facts: `width:100%;margin:4px 0 24px;background:#f8f8fc;border:1px solid ${LINE};border-radius:10px;border-collapse:separate`,
  factLabel: `padding:10px 8px 10px 14px;width:1%;white-space:nowrap;font-size:14px;line-height:21px;color:${SOFT};vertical-align:top;text-align:left;font-weight:400`,
  factValue: `padding:10px 14px 10px 8px;font-size:15px;line-height:21px;color:${INK};font-weight:600;vertical-align:top;text-align:right;word-break:break-word;overflow-wrap:anywhere`,
  listTitle: `margin:0 0 10px;font-size:17px;line-height:24px;font-weight:700;color:${INK}`,
  list: 'width:100%;margin:0 0 24px',
  itemMark: `width:26px;padding:5px 0;font-size:16px;line-height:24px;color:${SOFT};vertical-align:top`,
  itemText: `padding:5px 0;font-size:16px;line-height:24px;color:${INK};vertical-align:top`,
  button: 'width:100%;margin:0 0 26px',
  buttonCell: `border-radius:10px;background:${BRAND};text-align:center`,
  buttonLink: `display:block;padding:15px 20px;font-size:17px;line-height:22px;font-weight:700;color:#ffffff;text-decoration:none`,
  footer: `padding:18px 20px 22px;border-top:1px solid ${LINE};font-size:14px;line-height:22px;color:${SOFT}`,
  footerLink: `color:${BRAND};font-weight:600;text-decoration:underline;overflow-wrap:anywhere`,
  status:
    'display:inline-block;padding:2px 12px;border-radius:999px;font-size:14px;line-height:21px;font-weight:700',
} as const;

const statusColours = {
  waiting: 'background:#fef3c7;color:#8a4b08',
  good: 'background:#d9f7e5;color:#0b6b3a',
  bad: 'background:#fde4e4;color:#a51d1d',
} as const;
