import type { Inbox } from '@cloudnestle/local-aws/start';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import { notFound } from './error-answer.ts';
import type { GatewayEnv } from './gateway-env.ts';

const PATH = '/inbox';

/** The mails the local cloud has taken: a page at `/inbox`, their JSON at `/inbox/store`. */
export function mountInbox(app: Hono<GatewayEnv>, inbox: Inbox): void {
  const serve = async ({ incoming, outgoing }: GatewayEnv['Bindings']) =>
    (await inbox.handle(incoming, outgoing, PATH)) ? RESPONSE_ALREADY_SENT : notFound();
  app.all(PATH, (c) => serve(c.env));
  app.all(`${PATH}/*`, (c) => serve(c.env));
}
