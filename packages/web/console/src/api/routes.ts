import type { AdminRoute, AdminRouteKey } from '@cloudnestle/contracts/admin/routes';

const base = '/payments/admin';
const get = (path: string): Pick<AdminRoute, 'method' | 'path'> => ({
  method: 'GET',
  path: base + path,
});
const post = (path: string): Pick<AdminRoute, 'method' | 'path'> => ({
  method: 'POST',
  path: base + path,
});

/** Where the API's routes are. A copy of the contracts' own list, which would bring its schemas along; a test holds them together. */
export const routes: Readonly<Record<AdminRouteKey, Pick<AdminRoute, 'method' | 'path'>>> = {
  me: get('/me'),
  topology: get('/topology'),
  search: post('/search'),
  orders: get('/orders'),
  payment: get('/payments/{transactionId}'),
  paymentLetters: post('/payments/{transactionId}/letters'),
  reveal: post('/payments/{transactionId}/reveal'),
  repair: post('/payments/{transactionId}/repair'),
  resendMail: post('/payments/{transactionId}/resend-mail'),
  requestRefund: post('/payments/{transactionId}/refunds'),
  resolveAttention: post('/payments/{transactionId}/attention/resolve'),
  endAccess: post('/payments/{transactionId}/access/end'),
  restoreAccess: post('/payments/{transactionId}/access/restore'),
  queues: get('/queues'),
  startLook: post('/dead-letters/looks'),
  look: get('/dead-letters/looks/{lookId}'),
  lookLetter: get('/dead-letters/looks/{lookId}/letters/{messageId}'),
  keptLetters: get('/dead-letters/kept'),
  replay: post('/dead-letters/replays'),
  discard: post('/dead-letters/discards'),
  restore: post('/dead-letters/restores'),
  jobs: get('/jobs'),
  job: get('/jobs/{jobId}'),
  jobResults: get('/jobs/{jobId}/results'),
  cancelJob: post('/jobs/{jobId}/cancel'),
  reconcile: post('/reconciliations'),
  attention: get('/attention'),
  refunds: get('/refunds'),
  owed: get('/refunds/owed'),
  refundOwed: post('/refunds/owed'),
  analytics: get('/analytics'),
  health: get('/health'),
  actions: get('/actions'),
};
