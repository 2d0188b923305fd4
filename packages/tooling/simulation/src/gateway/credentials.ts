/** What the simulated gateway and the secret agree on. */
export const gatewayCredentials = {
  clientId: 'simulated-client',
  clientSecret: 'simulated-client-secret',
  clientVersion: '1',
  merchantId: 'SIMULATED',
};

export const webhookAuth = {
  kind: 'sha256',
  username: 'simulated_hook',
  password: 'simulated_hook_password',
} as const;

/** The token secret's content. */
export const tokenSecret = { tokenSecret: 'simulated-token-secret' };

/** Content of `marketplace/phonepe/credentials`. */
export const gatewaySecret = {
  ...gatewayCredentials,
  saltKey: 'simulated-salt',
  saltIndex: '1',
  webhookCredentials: [{ username: webhookAuth.username, password: webhookAuth.password }],
  webhookHmacKeys: [{ id: 'key-1', key: 'simulated-hmac-key' }],
};

/** What must be in no log line, whatever happens. */
export const secretTexts: readonly string[] = [
  gatewayCredentials.clientSecret,
  webhookAuth.password,
  tokenSecret.tokenSecret,
  'simulated-hmac-key',
  'simulated-salt',
];
