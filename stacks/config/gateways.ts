/** PhonePe for real money. */
export const realGateway = {
  authUrl: 'https://api.phonepe.com/apis/identity-manager/v1/oauth/token',
  baseUrl: 'https://api.phonepe.com/apis/pg',
};

/** PhonePe's sandbox: no money moves. */
export const sandboxGateway = {
  authUrl: 'https://api-preprod.phonepe.com/apis/pg-sandbox/v1/oauth/token',
  baseUrl: 'https://api-preprod.phonepe.com/apis/pg-sandbox',
};
