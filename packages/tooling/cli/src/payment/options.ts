import type { Consent } from '../operator/confirm-change.ts';

export interface PaymentOptions extends Consent {
  repair?: boolean;
  resendMail?: boolean;
  reveal?: boolean;
  json?: boolean;
}
