/** The gateway account of a local run, in the secret's own shape: known values, worth nothing anywhere else. */
export const localCredentials = {
  clientId: 'LOCAL_CLIENT',
  clientSecret: 'local-client-secret',
  clientVersion: 1,
  merchantId: 'LOCALMERCHANT',
  saltKey: 'local-salt-key-unused',
  saltIndex: '1',
  webhookCredentials: [{ username: 'local_webhook', password: 'localWebhook1' }],
  webhookHmacKeys: [{ id: 'local-key-1', key: 'local-webhook-hmac-key' }],
};
