import type { Frontend } from '@cloudnestle/contracts/frontend';
import type { WebhookVariant } from '@cloudnestle/phonepe-sandbox/webhooks/webhook-options';
import type { buildHandlers, Handlers } from '../build-handlers.ts';
import type { LogSink } from '../log/sink.ts';

export interface LocalRunOptions {
  host?: '127.0.0.1';
  /** The gateway's port; default 0, any free one. */
  port?: number | undefined;
  /** Nobody asked for this very port: where it is taken, the next free one is used. */
  portIsDefault?: boolean | undefined;
  /** The local cloud's port; default 0, any free one. */
  awsPort?: number | undefined;
  awsPortIsDefault?: boolean | undefined;
  /** Runs against this AWS-compatible endpoint instead of a local cloud of its own. */
  endpointUrl?: string | undefined;
  /** Keeps the local cloud's tables, queues and secrets here over restarts; in memory without it. */
  dataDir?: string | undefined;
  /** Factor on the subscribers' retry delays; default 1. */
  retryScale?: number | undefined;
  /**
   * Factor on the time limits of functions and of their calls, which are promises of a deployed stage and not of this
   * machine; default 10.
   */
  patience?: number | undefined;
  /**
   * Lets so much time pass at once, where `idle` would have to wait for messages that a retry has hidden; for tests with a
   * clock of their own. Default: they are waited for.
   */
  passTime?: ((ms: number) => void) | undefined;
  /** Where log lines go; default standard output, coloured where somebody watches. */
  log?: LogSink | undefined;
  /** Seeds the demo users where they are missing; default true. */
  demoData?: boolean | undefined;
  /** Frontends besides the storefront at `/`. */
  frontends?: readonly Frontend[] | undefined;
  /** Waits between the sandbox's tries to deliver a webhook. */
  webhookRetryDelaysMs?: readonly number[] | undefined;
  /**
   * `by hand`: what the clock would run only runs where `schedules` of the run says so; for tests and benchmarks that
   * count. Default `clock`.
   */
  schedules?: 'clock' | 'by hand' | undefined;
  /** The most calls of reconciliation to the gateway in a second; default 25. */
  gatewayCallsPerSecond?: number | undefined;
  /** Other functions than those of the source: the bundles that would be deployed. */
  loadHandlers?: ((...inputs: Parameters<typeof buildHandlers>) => Promise<Handlers>) | undefined;
  /** Which of the two webhook payloads in circulation the sandbox sends. */
  webhookVariant?: WebhookVariant | undefined;
}
