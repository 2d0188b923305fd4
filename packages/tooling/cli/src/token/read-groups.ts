import * as z from 'zod';

const claimsSchema = z.object({ 'cognito:groups': z.array(z.string()).default([]) });

/** The groups in a token that Cognito has just given; it is not checked any further. */
export function readGroups(token: string): readonly string[] {
  const [, payload = ''] = token.split('.');
  const text = Buffer.from(payload, 'base64url').toString('utf8');
  return claimsSchema.parse(JSON.parse(text))['cognito:groups'];
}
