/** What an operator's group allows: `look` sees, `repair` changes things as well (the group `admin` counts as `repair`). */
export type OperatorRole = 'look' | 'repair';

export interface AdminRoute {
  method: 'GET' | 'POST';
  /** As API Gateway and the topology spell it. */
  path: string;
  /** The least role that it takes. The server decides by this table alone. */
  role: OperatorRole;
}

const base = '/payments/admin';

/**
 * Every route of the operators' API, by the key that `GET /payments/admin/me` lists in `can`. GET changes nothing; a POST
 * of `look` asks with a body, because an email or an address has no place in a URL.
 */
export const adminRoutes = {
  me: look('GET', '/me'),
  topology: look('GET', '/topology'),
  search: look('POST', '/search'),
  orders: look('GET', '/orders'),
  payment: look('GET', '/payments/{transactionId}'),
  paymentLetters: look('POST', '/payments/{transactionId}/letters'),
  reveal: repair('POST', '/payments/{transactionId}/reveal'),
  repair: repair('POST', '/payments/{transactionId}/repair'),
  resendMail: repair('POST', '/payments/{transactionId}/resend-mail'),
  requestRefund: repair('POST', '/payments/{transactionId}/refunds'),
  resolveAttention: repair('POST', '/payments/{transactionId}/attention/resolve'),
  endAccess: repair('POST', '/payments/{transactionId}/access/end'),
  restoreAccess: repair('POST', '/payments/{transactionId}/access/restore'),
  queues: look('GET', '/queues'),
  startLook: look('POST', '/dead-letters/looks'),
  look: look('GET', '/dead-letters/looks/{lookId}'),
  lookLetter: look('GET', '/dead-letters/looks/{lookId}/letters/{messageId}'),
  keptLetters: look('GET', '/dead-letters/kept'),
  replay: repair('POST', '/dead-letters/replays'),
  discard: repair('POST', '/dead-letters/discards'),
  restore: repair('POST', '/dead-letters/restores'),
  jobs: look('GET', '/jobs'),
  job: look('GET', '/jobs/{jobId}'),
  jobResults: look('GET', '/jobs/{jobId}/results'),
  cancelJob: repair('POST', '/jobs/{jobId}/cancel'),
  reconcile: repair('POST', '/reconciliations'),
  attention: look('GET', '/attention'),
  refunds: look('GET', '/refunds'),
  owed: look('GET', '/refunds/owed'),
  refundOwed: repair('POST', '/refunds/owed'),
  analytics: look('GET', '/analytics'),
  health: look('GET', '/health'),
  actions: look('GET', '/actions'),
} as const satisfies Readonly<Record<string, AdminRoute>>;

export type AdminRouteKey = keyof typeof adminRoutes;

export const adminRouteKeys: readonly AdminRouteKey[] = Object.keys(adminRoutes).filter(isKey);

function isKey(name: string): name is AdminRouteKey {
  return Object.hasOwn(adminRoutes, name);
}

function look(method: AdminRoute['method'], path: string) {
  return { method, path: `${base}${path}`, role: 'look' } as const;
}

function repair(method: AdminRoute['method'], path: string) {
  return { method, path: `${base}${path}`, role: 'repair' } as const;
}
