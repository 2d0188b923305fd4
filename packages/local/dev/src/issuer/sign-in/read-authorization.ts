import * as z from 'zod';

/** An app client of the user pool that signs in by the authorization code flow: public, so it proves itself by PKCE alone. */
export interface CodeClient {
  id: string;
  /** Taken to the letter. */
  redirectUris: readonly string[];
  logoutUris: readonly string[];
}

const authorizationSchema = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  response_type: z.string().optional(),
  state: z.string().optional(),
  nonce: z.string().optional(),
  scope: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.string().optional(),
});
export type Authorization = z.infer<typeof authorizationSchema>;

export type Read =
  | { kind: 'fits'; asked: Authorization }
  | { kind: 'faulty'; asked: Authorization; error: string }
  | { kind: 'refused'; why: string };

/**
 * What a browser was sent with. A client or an address that is not known is refused on the spot: nothing is sent to an address of a
 * stranger. Every other fault goes back to the client.
 */
export function readAuthorization(query: Record<string, string>, client: CodeClient): Read {
  const { data: asked } = authorizationSchema.safeParse(query);
  if (asked?.client_id !== client.id) return { kind: 'refused', why: 'This client is not known.' };
  if (!client.redirectUris.includes(asked.redirect_uri)) {
    return { kind: 'refused', why: 'This redirect address is not allowed.' };
  }
  const error = findFault(asked);
  return error === undefined ? { kind: 'fits', asked } : { kind: 'faulty', asked, error };
}

function findFault(asked: Authorization): string | undefined {
  if (asked.response_type !== 'code') return 'unsupported_response_type';
  if (!asked.scope?.split(' ').includes('openid')) return 'invalid_scope';
  const isChallenged =
    asked.code_challenge_method === 'S256' && /^[\w-]{43}$/.test(asked.code_challenge ?? '');
  return isChallenged ? undefined : 'invalid_request';
}
