import { errorBodySchema } from '@cloudnestle/contracts/http/error';
import { reconcileOrderResponseSchema } from '@cloudnestle/contracts/http/reconciliation';
import { reportResponseSchema } from '@cloudnestle/contracts/http/reconciliation-report';
import { environmentSecretSchema } from '@cloudnestle/contracts/secrets/environment';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { LocalRun } from '../src/start.ts';
import { finish, postJson, upgrade } from '../src/testing/buyer.ts';
import { createLook, type Look } from '../src/testing/look.ts';
import { startTestRun } from '../src/testing/start-test-run.ts';
import { createTestMarketplace, type TestMarketplace } from '../src/testing/test-marketplace.ts';

let run: LocalRun;
let look: Look;
let marketplace: TestMarketplace;

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
  look = createLook(run);
  marketplace = createTestMarketplace(run);
});

afterAll(async () => {
  marketplace?.stop();
  look?.destroy();
  await run?.stop();
});

const tokenSchema = z.object({ token: z.string() });

it('the command line that reads the environment secret finds the issuer, its keys, and a token that fits them', async () => {
  const { issuer, clientIds, tokenUrl } = await readAdmins();
  const configuration = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { jwks_uri } = z.object({ jwks_uri: z.string() }).parse(await configuration.json());
  const answer = await postJson(tokenUrl ?? '', { groups: ['admin'] });
  const { token } = tokenSchema.parse(await answer.json());
  const [audience = ''] = clientIds;
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), {
    issuer,
    audience,
  });
  expect(payload['cognito:groups']).toEqual(['admin']);
});

describe('the admin route', () => {
  it('lets an admin of this issuer reconcile an order', async () => {
    const order = await upgrade(run, await marketplace.addBuyer());
    await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI', webhook: 'lose' });
    const { transactionId } = order;
    const answer = await ask(await issue({ groups: ['sellers', 'admin'] }), {
      transactionId,
    });
    expect(answer.status).toBe(200);
    expect(reconcileOrderResponseSchema.parse(await answer.json())).toMatchObject({
      transactionId,
      marketplace: { status: 'PENDING' },
      gateway: { status: 'COMPLETED' },
      published: { detailType: 'PaymentCompleted' },
      discrepancies: ['NOT_RECORDED'],
    });
    await run.idle();
    const again = await ask(await issue({ groups: ['admin'] }), { transactionId });
    expect(await again.json()).toMatchObject({
      marketplace: { status: 'COMPLETED' },
      access: { user: 'held', recordByUserId: 'held', recordByEmail: 'held', agrees: true },
      published: null,
      discrepancies: [],
    });
  });

  it('lets an admin of this issuer see the report of a day', async () => {
    const today = new Date().toISOString();
    const answer = await ask(await issue({ groups: ['admin'] }), {
      action: 'generate_report',
      startDate: new Date(Date.now() - 60 * 60_000).toISOString(),
      endDate: today,
      filters: {},
    });
    expect(answer.status).toBe(200);
    expect(reportResponseSchema.parse(await answer.json()).success).toBe(true);
  });

  it.each<[string, () => Promise<string>]>([
    ['no token', async () => ''],
    ['what is no token', async () => 'Bearer admin'],
    ['a token signed by another key', () => forge('another key')],
    ['a token with alg none', () => forge('none')],
    ['an access token in place of an id token', () => issue({ groups: ['admin'], use: 'access' })],
  ])('answers 401 to %s', async (_what, token) => {
    expect(await refusalOf(await token())).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('answers 401 to a token as soon as it has expired', async () => {
    const token = await issue({ groups: ['admin'], expiresInSeconds: 2 });
    expect(await refusalOf(token)).toEqual([400, 'INVALID_REQUEST']);
    await waitFor('a 401', async () => (await ask(token, {})).status === 401);
  });

  it.each([[[]], [['sellers']], [['superadmin']], [['admins']], [['Admin']]])(
    'answers 403 to a member of %j',
    async (groups) => {
      expect(await refusalOf(await issue({ groups }))).toEqual([403, 'FORBIDDEN']);
    },
  );
});

async function readAdmins() {
  const secret = await look.secret(run.topology.environmentSecret);
  return environmentSecretSchema.parse(secret).admins;
}

/** An Authorization header with a token of the run's own issuer. */
async function issue(request: Record<string, unknown>): Promise<string> {
  const answer = await postJson((await readAdmins()).tokenUrl ?? '', request);
  return `Bearer ${tokenSchema.parse(await answer.json()).token}`;
}

/** A good token's very words, with a signature of one's own or none. */
async function forge(signature: 'another key' | 'none'): Promise<string> {
  const good = (await issue({ groups: ['admin'] })).replace('Bearer ', '');
  const claims = decodeJwt(good);
  if (signature === 'none') return `Bearer ${new UnsecuredJWT(claims).encode()}`;
  const { privateKey } = await generateKeyPair('RS256');
  const header = { ...decodeProtectedHeader(good), alg: 'RS256' };
  return `Bearer ${await new SignJWT(claims).setProtectedHeader(header).sign(privateKey)}`;
}

function ask(authorization: string, body: unknown): Promise<Response> {
  const url = `${run.url}/payments/reconciliation`;
  return postJson(url, body, authorization ? { authorization } : {});
}

async function refusalOf(authorization: string): Promise<[number, string]> {
  const answer = await ask(authorization, {});
  return [answer.status, errorBodySchema.parse(await answer.json()).error.code];
}
