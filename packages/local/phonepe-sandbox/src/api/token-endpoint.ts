import type { Context } from 'hono';
import type { TokenIssuer } from '../tokens/create-token-issuer.ts';
import { apiError } from './answers.ts';

/** POST /v1/oauth/token: form-urlencoded only. */
export const answerToken = (issuer: TokenIssuer) => async (c: Context) => {
  const contentType = c.req.header('content-type') ?? '';
  if (!contentType.startsWith('application/x-www-form-urlencoded')) return apiError('noSuchApi');
  const form = new URLSearchParams(await c.req.text());
  if (form.get('grant_type') !== 'client_credentials') return apiError('badRequest');
  const client = {
    clientId: form.get('client_id') ?? '',
    clientSecret: form.get('client_secret') ?? '',
    clientVersion: form.get('client_version') ?? '',
  };
  if (!issuer.isClient(client))
    return Response.json({ code: '401', success: false }, { status: 401 });
  return Response.json(issuer.issue());
};
