import type * as z from 'zod';
import type { stageConfigSchema } from './schema.ts';

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

type StageInput = z.input<typeof stageConfigSchema>;

const domain = 'marketplace.cloudnestle.com';

/** The stages that are not as personal ones are. Change values here; nothing else decides about a stage. */
export const stages: Readonly<Record<string, StageInput>> = {
  production: {
    region: 'us-east-1',
    frontends: [
      {
        id: 'marketplace',
        origin: `https://${domain}`,
        returnUrl: `https://${domain}/payment/callback`,
      },
    ],
    mail: {
      from: `CloudNestle Marketplace <payments@${domain}>`,
      supportAddress: `support@${domain}`,
      appUrl: `https://${domain}`,
      identity: { kind: 'created', name: domain },
    },
    alertAddress: `payments-alerts@${domain}`,
    gateway: realGateway,
    // The default of an account. One that AWS has not raised to it yet can reserve nothing: { kind: 'shared' } until then.
    concurrency: { kind: 'reserved', accountLimit: 1000 },
    admins: { pool: { kind: 'created' } },
    // Not registered for GST: buyers get receipts, and no tax is charged. With a GSTIN come SAC codes and signatory.
    seller: {
      legalName: 'CloudNestle',
      address: 'Bengaluru, Karnataka, India',
      stateCode: '29',
    },
    // The national ones; add what the bank announces for its state each year.
    bankHolidays: [
      '2026-01-26',
      '2026-08-15',
      '2026-10-02',
      '2027-01-26',
      '2027-08-15',
      '2027-10-02',
    ],
    logRetentionDays: 90,
  },
};

/** A developer's own stage: cheap, disposable, and no money moves. */
export const personalStage: StageInput = {
  region: 'us-east-1',
  frontends: [
    {
      id: 'local',
      origin: 'http://localhost:3000',
      returnUrl: 'http://localhost:3000/payment/callback',
    },
  ],
  mail: {
    from: `payments@${domain}`,
    supportAddress: `support@${domain}`,
    appUrl: 'http://localhost:3000',
    // A developer who wants mails from a stage of their own verifies an address with SES and names it here.
    identity: { kind: 'existing', name: domain },
  },
  gateway: sandboxGateway,
  concurrency: { kind: 'shared' },
  admins: { pool: { kind: 'created' } },
  seller: {
    legalName: 'CloudNestle, for trying',
    address: 'Bengaluru, Karnataka, India',
    gstin: '29AAGCB7383J1Z4',
    stateCode: '29',
    sac: { standard: '998439' },
    signatory: 'Not a real document',
    seriesPrefix: 'TST',
  },
  logRetentionDays: 7,
};
