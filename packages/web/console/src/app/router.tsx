import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { BASE } from './config.ts';
import {
  readActionsSearch,
  readAttentionSearch,
  readKeptSearch,
  readLettersSearch,
  readOrdersSearch,
  readRangeSearch,
  readRefundsSearch,
} from './search-params.ts';
import { NotFound, Shell } from './shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const now = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('../now/now-page.tsx'), 'NowPage'),
});
const orders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  validateSearch: readOrdersSearch,
  component: lazyRouteComponent(() => import('../orders/orders-page.tsx'), 'OrdersPage'),
});
const found = createRoute({
  getParentRoute: () => root,
  path: '/found',
  component: lazyRouteComponent(() => import('../orders/found-page.tsx'), 'FoundPage'),
});
const order = createRoute({
  getParentRoute: () => root,
  path: '/orders/$transactionId',
  component: lazyRouteComponent(() => import('../order/order-page.tsx'), 'OrderPage'),
});
const letters = createRoute({
  getParentRoute: () => root,
  path: '/dead-letters',
  validateSearch: readLettersSearch,
  component: lazyRouteComponent(() => import('../letters/letters-page.tsx'), 'LettersPage'),
});
const kept = createRoute({
  getParentRoute: () => root,
  path: '/dead-letters/kept',
  validateSearch: readKeptSearch,
  component: lazyRouteComponent(() => import('../letters/kept-page.tsx'), 'KeptPage'),
});
const attention = createRoute({
  getParentRoute: () => root,
  path: '/attention',
  validateSearch: readAttentionSearch,
  component: lazyRouteComponent(() => import('../attention/attention-page.tsx'), 'AttentionPage'),
});
const reconciliation = createRoute({
  getParentRoute: () => root,
  path: '/reconciliation',
  validateSearch: readRangeSearch,
  component: lazyRouteComponent(
    () => import('../reconciliation/reconciliation-page.tsx'),
    'ReconciliationPage',
  ),
});
const refunds = createRoute({
  getParentRoute: () => root,
  path: '/refunds',
  validateSearch: readRefundsSearch,
  component: lazyRouteComponent(() => import('../refunds/refunds-page.tsx'), 'RefundsPage'),
});
const revenue = createRoute({
  getParentRoute: () => root,
  path: '/revenue',
  validateSearch: readRangeSearch,
  component: lazyRouteComponent(() => import('../revenue/revenue-page.tsx'), 'RevenuePage'),
});
const health = createRoute({
  getParentRoute: () => root,
  path: '/health',
  component: lazyRouteComponent(() => import('../health/health-page.tsx'), 'HealthPage'),
});
const actions = createRoute({
  getParentRoute: () => root,
  path: '/actions',
  validateSearch: readActionsSearch,
  component: lazyRouteComponent(() => import('../actions/actions-page.tsx'), 'ActionsPage'),
});
const job = createRoute({
  getParentRoute: () => root,
  path: '/jobs/$jobId',
  component: lazyRouteComponent(() => import('../jobs/job-page.tsx'), 'JobPage'),
});

export const router = createRouter({
  basepath: BASE,
  routeTree: root.addChildren([
    ...[now, orders, found, order, letters, kept],
    ...[attention, reconciliation, refunds, revenue, health, actions, job],
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
