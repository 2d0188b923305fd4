import { createPhonePeGateway } from '@cloudnestle/phonepe/create-gateway';
import * as z from 'zod';
import { defineGateway } from './gateway-entry.ts';

export const phonepe = defineGateway({
  name: 'phonepe',
  environment: {
    GATEWAY_SECRET_ID: z.string().min(1),
    GATEWAY_AUTH_URL: z.url(),
    GATEWAY_BASE_URL: z.url(),
  },
  limits: { pageSeconds: { least: 300, most: 3600 }, referenceLength: 63 },
  connect: (config, { readSecret, ...tools }) =>
    createPhonePeGateway({
      ...tools,
      readCredentials: readSecret(config.GATEWAY_SECRET_ID),
      authUrl: config.GATEWAY_AUTH_URL,
      baseUrl: config.GATEWAY_BASE_URL,
    }),
});
