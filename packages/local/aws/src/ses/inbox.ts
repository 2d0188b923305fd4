import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { type Answer, writeAnswer } from '../front/answer.ts';
import type { SesBackend } from './start-ses.ts';

/** A mail that was sent through SES. Bodies are as given; `at` is in epoch seconds. */
export type StoredEmail = z.infer<typeof emailSchema>;

/** The mails sent through this cloud. */
export type Inbox = {
  /**
   * Serves the inbox under a path of any HTTP server: the page at `mountPath`, its JSON at
   * `mountPath/store` (`?since=` epoch seconds). Returns false, untouched, for other paths.
   */
  handle(request: IncomingMessage, response: ServerResponse, mountPath: string): Promise<boolean>;
  /** All mails of this cloud, oldest first. */
  emails(): Promise<readonly StoredEmail[]>;
  /** Forgets all mails of this cloud. */
  clear(): void;
};

/** Creates the inbox over the SES engine. */
export function createInbox(ses: SesBackend): Inbox {
  let known: ReadonlyMap<string, StoredEmail> = new Map();
  const clear = () => {
    ses.sentIds.clear();
    known = new Map();
  };
  const fetchSince = async (second: number | undefined) => {
    const query = second === undefined ? '' : `?since=${second}`;
    const answer = await ses.answer({ method: 'GET', url: `/store${query}` });
    const store = storeSchema.parse(JSON.parse(answer.body.toString()));
    // The engine answers other clouds' mails, too: they are not ours to show.
    const ours = store.emails.filter(({ messageId }) => ses.sentIds.has(messageId));
    known = new Map([...known, ...ours.map((email) => [email.messageId, email] as const)]);
  };
  const emails = async () => {
    // Only what is new: all mails of the process at once would cost more with every mail.
    if (known.size < ses.sentIds.size) await fetchSince(ses.takeUnreadSecond());
    // A clock that was turned back stamps a mail earlier than expected.
    if (known.size < ses.sentIds.size) await fetchSince(undefined);
    return [...known.values()];
  };
  const serve = async (method: string, path: string, query: URLSearchParams, mountPath: string) => {
    if (path === '' || path === '/') {
      const page = await ses.answer({ method: 'GET', url: '/' });
      return { ...page, body: remount(page.body.toString(), mountPath) };
    }
    if (path === '/store') {
      const since = Number(query.get('since') ?? 0);
      return buildJson({ emails: (await emails()).filter((email) => !(email.at < since)) });
    }
    const messageId = query.get('messageId') ?? '';
    // Asked for a mail it does not know, the engine would end the process.
    if (path === '/get-emlContent' && ses.sentIds.has(messageId)) {
      return ses.answer({ method: 'GET', url: `${path}?messageId=${messageId}` });
    }
    if (path !== '/clear-store' || method !== 'POST') return undefined;
    clear();
    return buildJson({ message: 'Store cleared' });
  };
  return {
    handle: async (request, response, mountPath) => {
      const [path = '', search] = (request.url ?? '/').split('?', 2);
      if (path !== mountPath && !path.startsWith(`${mountPath}/`)) return false;
      const relativePath = path.slice(mountPath.length);
      const query = new URLSearchParams(search);
      const answer = await serve(request.method ?? 'GET', relativePath, query, mountPath);
      if (answer) writeAnswer(response, answer);
      return answer !== undefined;
    },
    emails,
    clear,
  };
}

function buildJson(output: unknown): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(output),
  };
}

/** The page asks for absolute paths: they get the place it is served under. */
function remount(page: string, mountPath: string): string {
  return page.replaceAll(/(["'`])\/(store|clear-store|get-emlContent)/g, `$1${mountPath}/$2`);
}

const emailSchema = z.looseObject({
  messageId: z.string(),
  from: z.string(),
  replyTo: z.array(z.string()),
  destination: z.object({
    to: z.array(z.string()),
    cc: z.array(z.string()),
    bcc: z.array(z.string()),
  }),
  subject: z.string(),
  body: z.object({ html: z.string().optional(), text: z.string().optional() }),
  attachments: z
    .array(
      z.looseObject({
        filename: z.string().optional(),
        contentType: z.string().optional(),
        /** Base64. */
        content: z.string(),
      }),
    )
    .optional(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  at: z.number(),
});

const storeSchema = z.object({ emails: z.array(emailSchema) });
