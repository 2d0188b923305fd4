import { html } from 'hono/html';
import { type MailContent, type MailLinks, SENDER_NAME } from './content.ts';
import { statusColours, styles } from './styles.ts';

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
