import type { Inbox } from '@cloudnestle/local-aws/start';
import type { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** What a mail may do in a browser: show its own styles and pictures, in a frame of this origin, and run nothing. */
const policy = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'unsafe-inline'"],
    imgSrc: ['data:'],
    frameAncestors: ["'self'"],
  },
  referrerPolicy: 'no-referrer',
  // The inbox frames it.
  xFrameOptions: 'SAMEORIGIN',
  strictTransportSecurity: false,
});

/** `GET /inbox/mails/{messageId}`: one mail's HTML as a page; `…/attachments/{index}`: what it carries, as a file. */
export function mountMails(app: Hono, inbox: Inbox): void {
  const find = async (messageId: string) =>
    (await inbox.emails()).find((email) => email.messageId === messageId);
  app.get('/inbox/mails/:messageId', policy, async (c) => {
    const html = (await find(c.req.param('messageId')))?.body.html;
    if (html === undefined) return c.notFound();
    // Its links leave the frame.
    const base = '<base target="_blank">';
    const head = /<head[^>]*>/i;
    return c.html(head.test(html) ? html.replace(head, `$&${base}`) : `${base}${html}`);
  });
  app.get('/inbox/mails/:messageId/attachments/:index', policy, async (c) => {
    const email = await find(c.req.param('messageId'));
    const attachment = email?.attachments?.[Number(c.req.param('index'))];
    if (!attachment) return c.notFound();
    const {
      filename = 'attachment',
      contentType = 'application/octet-stream',
      content,
    } = attachment;
    c.header('content-type', contentType);
    c.header('x-content-type-options', 'nosniff');
    c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(filename)}`);
    return c.body(new Uint8Array(Buffer.from(content, 'base64')));
  });
}
