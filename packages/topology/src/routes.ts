import type { Route, ScheduleDefinition } from './types.ts';

export const routes: readonly Route[] = [
  { method: 'POST', path: '/payments/upgrade-to-pro', function: 'upgrade', adminOnly: false },
  { method: 'GET', path: '/payments/callback', function: 'callback', adminOnly: false },
  { method: 'POST', path: '/payments/callback', function: 'callback', adminOnly: false },
  {
    method: 'GET',
    path: '/payments/status/{transactionId}',
    function: 'paymentStatus',
    adminOnly: false,
  },
  { method: 'POST', path: '/payments/phonepe-webhook', function: 'webhook', adminOnly: false },
  { method: 'POST', path: '/payments/reconciliation', function: 'reconcile', adminOnly: true },
];

/** What runs by the clock. */
export const schedules: readonly ScheduleDefinition[] = [
  { name: 'marketplace-payments-sweep', everyMinutes: 1, function: 'sweep' },
];
