import { adminRoutes } from '@cloudnestle/contracts/admin/routes';
import { gateways } from '@cloudnestle/contracts/gateways';
import type { Route, ScheduleDefinition, Throttle } from './types.ts';

/** What buyers and their browsers do, each a few times. */
const buyers: Throttle = { burst: 400, ratePerSecond: 200 };
/** What machines do for many at once: the gateway's webhooks after an outage. */
const machines: Throttle = { burst: 1000, ratePerSecond: 500 };
/**
 * All searches of all buyers. The live search app takes any 429 for a used-up quota, so this is a fuse against a flood
 * and far above what searches need.
 */
const searches: Throttle = { burst: 5000, ratePerSecond: 2000 };
/** A buyer with a page open, or a script of theirs. */
const admins: Throttle = { burst: 100, ratePerSecond: 50 };
/** A console asks for counts every second or two, in a few tabs of a few operators. */
const operators: Throttle = { burst: 100, ratePerSecond: 50 };

export const routes: readonly Route[] = [
  open('POST', '/payments/upgrade-to-pro', 'upgrade', buyers),
  open('GET', '/payments/callback', 'callback', buyers),
  open('POST', '/payments/callback', 'callback', buyers),
  open('GET', '/payments/status/{transactionId}', 'paymentStatus', machines),
  open('GET', '/payments/plans', 'plans', machines),
  ...Object.values(gateways).map(({ webhookPath }) =>
    open('POST', webhookPath, 'webhook', machines),
  ),
  open('GET', '/payments/invoices/{transactionId}', 'invoice', buyers),
  open('POST', '/api/validate-solution-token', 'validateToken', searches),
  {
    method: 'POST',
    path: '/payments/reconciliation',
    function: 'reconcile',
    adminOnly: true,
    throttle: admins,
  },
  {
    method: 'POST',
    path: '/payments/refunds',
    function: 'refund',
    adminOnly: true,
    throttle: admins,
  },
  {
    method: 'GET',
    path: '/payments/refunds/{refundId}',
    function: 'refundStatus',
    adminOnly: true,
    throttle: admins,
  },
  ...Object.values(adminRoutes).map(
    ({ method, path }): Route => ({
      method,
      path,
      function: 'operate',
      adminOnly: true,
      throttle: operators,
    }),
  ),
];

/** A route that every caller may use. */
function open(
  method: Route['method'],
  path: string,
  name: Route['function'],
  throttle: Throttle,
): Route {
  return { method, path, function: name, adminOnly: false, throttle };
}

/** What runs by the clock. */
export const schedules: readonly ScheduleDefinition[] = [
  { name: 'marketplace-payments-sweep', everyMinutes: 1, function: 'sweep' },
  { name: 'marketplace-payments-refund-sweep', everyMinutes: 1, function: 'refundSweep' },
  { name: 'marketplace-payments-invoice-sweep', everyMinutes: 5, function: 'invoiceSweep' },
  { name: 'marketplace-payments-revenue', everyMinutes: 5, function: 'revenue' },
];

/** What a frontend's page may send and read across origins; the origins themselves are the stage's frontends. */
export const crossOrigin = {
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['content-type', 'authorization', 'if-none-match'],
  exposeHeaders: ['retry-after', 'etag'],
  maxAgeSeconds: 300,
} as const;
