import { type MailContent, type MailLinks, SENDER_NAME } from './content.ts';

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
