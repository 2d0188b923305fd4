import { createServer } from 'node:http';
import {
  CreateEmailIdentityCommand,
  type SESv2Client,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../start.ts';
import { createClients } from '../testing/create-clients.ts';

describe('SES on the local endpoint', () => {
  let cloud: LocalCloud;
  let ses: SESv2Client;
  beforeAll(async () => {
    cloud = await startLocalCloud();
    ses = createClients(cloud.endpoint).ses;
  });
  beforeEach(() => cloud.inbox.clear());
  afterAll(() => cloud.stop());

  it('shows a sent mail in the inbox, with both bodies', async () => {
    const { MessageId } = await ses.send(buildMail('ada@example.com', 'Welcome'));
    expect(await cloud.inbox.emails()).toEqual([
      expect.objectContaining({
        messageId: MessageId,
        from: 'shop@example.com',
        destination: { to: ['ada@example.com'], cc: [], bcc: [] },
        subject: 'Welcome',
        body: { html: '<p>hi</p>', text: 'hi' },
      }),
    ]);
  });

  it('keeps the mails of two clouds apart', async () => {
    const other = await startLocalCloud();
    await ses.send(buildMail('ada@example.com', 'Mine'));
    await createClients(other.endpoint).ses.send(buildMail('ada@example.com', 'Theirs'));
    const mine = await cloud.inbox.emails();
    const theirs = await other.inbox.emails();
    await other.stop();
    expect(mine.map((email) => email.subject)).toEqual(['Mine']);
    expect(theirs.map((email) => email.subject)).toEqual(['Theirs']);
  });

  it.each([
    ['no recipient', buildMail(undefined, 'Welcome')],
    ['an address without a domain', buildMail('ada', 'Welcome')],
    ['no subject', buildMail('ada@example.com', '')],
  ])('refuses a mail with %s', async (_what, mail) => {
    await expect(ses.send(mail)).rejects.toMatchObject({ name: 'BadRequestException' });
    expect(await cloud.inbox.emails()).toEqual([]);
  });

  it('refuses an operation it does not have', async () => {
    const creating = new CreateEmailIdentityCommand({ EmailIdentity: 'example.com' });
    await expect(ses.send(creating)).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });

  it('serves page and JSON under any path of another server', async () => {
    await ses.send(buildMail('ada@example.com', 'Mounted'));
    const gateway = createServer(async (request, response) => {
      if (await cloud.inbox.handle(request, response, '/mails')) return;
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    const address = gateway.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    const page = await (await get('/mails')).text();
    const store = await (await get('/mails/store?since=0')).json();
    const neighbour = await get('/mailsandmore');
    gateway.closeAllConnections();
    gateway.close();
    expect(page).toContain('`/mails/store?since=');
    expect(page).not.toMatch(/["'`]\/(store|clear-store|get-emlContent)/);
    expect(store).toMatchObject({ emails: [{ subject: 'Mounted' }] });
    expect(neighbour.status).toBe(404);
  });

  it('shows only mails since a time, and nothing odd for odd questions', async () => {
    await ses.send(buildMail('ada@example.com', 'Timed'));
    const [email] = await cloud.inbox.emails();
    const store = async (since: string) =>
      (await fetch(`${cloud.endpoint}/inbox/store?since=${since}`)).json();
    const at = email?.at ?? 0;
    expect(await store(String(at))).toMatchObject({ emails: [{ subject: 'Timed' }] });
    expect(await store(String(at + 1))).toEqual({ emails: [] });
    expect(await store('yesterday')).toMatchObject({ emails: [{ subject: 'Timed' }] });
  });

  it('gives a mail as a file, and survives being asked for one that is not there', async () => {
    const { MessageId } = await ses.send(buildMail('ada@example.com', 'As a file'));
    const get = (id: string) => fetch(`${cloud.endpoint}/inbox/get-emlContent?messageId=${id}`);
    expect(await (await get(MessageId ?? '')).json()).toMatchObject({ fileName: 'As a file' });
    expect((await get('ses-0')).status).toBe(400);
    expect((await get('')).status).toBe(400);
  });

  it('serves the same under /inbox of the endpoint, and empties it on request', async () => {
    await ses.send(buildMail('ada@example.com', 'Short-lived'));
    const filled = await (await fetch(`${cloud.endpoint}/inbox/store`)).json();
    await fetch(`${cloud.endpoint}/inbox/clear-store`, { method: 'POST' });
    const emptied = await (await fetch(`${cloud.endpoint}/inbox/store`)).json();
    expect(filled).toMatchObject({ emails: [{ subject: 'Short-lived' }] });
    expect(emptied).toEqual({ emails: [] });
  });
});

function buildMail(to: string | undefined, subject: string): SendEmailCommand {
  return new SendEmailCommand({
    FromEmailAddress: 'shop@example.com',
    Destination: { ToAddresses: to === undefined ? [] : [to] },
    Content: {
      Simple: {
        Subject: { Data: subject },
        Body: { Html: { Data: '<p>hi</p>' }, Text: { Data: 'hi' } },
      },
    },
  });
}
