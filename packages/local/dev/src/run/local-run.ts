import type { Frontend } from '@cloudnestle/contracts/frontend';
import type { LocalCloud } from '@cloudnestle/local-aws/start';
import type { Sandbox } from '@cloudnestle/phonepe-sandbox/create-sandbox';
import type { WebhookVariant } from '@cloudnestle/phonepe-sandbox/webhooks/webhook-options';
import type { Provisioned } from '@cloudnestle/provisioning/provision';
import type { Topology } from '@cloudnestle/topology/topology';
import type {
  FunctionName,
  ScheduledFunctionName,
  SubscriberName,
  WorkerFunctionName,
} from '@cloudnestle/topology/types';
import type { buildHandlers, Handlers } from '../build-handlers.ts';
import type { LogSink, Timeline } from '../log/run-log.ts';
import type { StorefrontOptions } from '../storefront/options.ts';

export interface PollerControl {
  /** Resolves once nothing is received from the queue any more. */
  pause(): Promise<void>;
  resume(): void;
}

export interface ScheduleControl {
  /** Runs the function once, whatever the clock says; rejects where it throws or takes longer than its timeout. */
  runNow(): Promise<void>;
}

/** The services, running on a local cloud. One per process at a time. */
export interface LocalRun {
  /** The HTTP API's origin, `http://127.0.0.1:PORT`. */
  url: string;
  awsEndpoint: string;
  /** Undefined where the run uses an endpoint that was given to it. */
  cloud: LocalCloud | undefined;
  sandbox: Sandbox;
  topology: Topology;
  provisioned: Provisioned;
  /** The environment variables a function was composed from. */
  environmentOf(name: FunctionName): Record<string, string>;
  handlers: Handlers;
  pollers: Readonly<Record<SubscriberName | WorkerFunctionName, PollerControl>>;
  schedules: Readonly<Record<ScheduledFunctionName, ScheduleControl>>;
  timeline: Timeline;
  readAccount: StorefrontOptions['readAccount'];
  /**
   * Resolves when no request is open, no webhook delivery is pending, every queue is empty and nothing is being worked
   * on, by the clock neither. Queues of paused subscribers are left out. Rejects when the run is stopped, and when an
   * event was lost.
   */
  idle(): Promise<void>;
  /** Ends everything within 1.5 s; running functions get a part of that. May be called again. */
  stop(): Promise<void>;
}

export interface LocalRunOptions {
  host?: '127.0.0.1';
  /** The HTTP API's port; default 0, any free one. */
  port?: number | undefined;
  /** The developer did not ask for this very port: where it is taken, the next free one is used. */
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
  /** Where log lines go; default standard output, coloured where that is a terminal. */
  log?: LogSink | undefined;
  /**
   * When the storefront's pages are built, where their sources have changed since the last time. `when asked`: at the first page that
   * a browser asks for; for tests. Default `when asked`.
   */
  pages?: 'at once' | 'when asked' | undefined;
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
