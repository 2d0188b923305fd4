/** A mail of the local run, as `/inbox/store` has it. */
export interface Mail {
  messageId: string;
  from: string;
  destination: { to: string[]; cc: string[]; bcc: string[] };
  subject: string;
  body: { html?: string; text?: string };
  attachments?: readonly { filename?: string; contentType?: string }[];
  /** Epoch seconds. */
  at: number;
}

/** All mails, newest first; undefined where they cannot be read. Never rejects. */
export async function readMails(): Promise<readonly Mail[] | undefined> {
  try {
    const response = await fetch('/inbox/store', { cache: 'no-store' });
    const { emails }: { emails: Mail[] } = await response.json();
    return emails.toSorted((one, other) => other.at - one.at);
  } catch {
    return undefined;
  }
}

export const addressOf = ({ messageId }: Mail) => `/inbox/mails/${encodeURIComponent(messageId)}`;

export function formatTime(at: number): string {
  return new Intl.DateTimeFormat('en-IN', { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(at * 1000),
  );
}
