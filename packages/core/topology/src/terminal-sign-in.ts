/**
 * How an admin signs in from a terminal: by a call that takes AWS rights of the operator's own besides the password. A flow
 * that is open to the internet would let strangers try passwords, and SRP takes arithmetic that only pages and the SDKs for
 * pages bring along.
 */
export const terminalSignIn = {
  authFlow: 'ADMIN_USER_PASSWORD_AUTH',
  /** What the app client allows, and nothing else. */
  explicitAuthFlow: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  /** What the operator's policy allows on the pool. */
  actions: ['cognito-idp:AdminInitiateAuth', 'cognito-idp:AdminRespondToAuthChallenge'],
} as const;
