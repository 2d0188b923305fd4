import type { LocalCloud } from '@cloudnestle/local-aws/start';
import type { Sandbox } from '@cloudnestle/phonepe-sandbox/create-sandbox';
import type { Provisioned } from '@cloudnestle/provisioning/provision';
import type { Topology } from '@cloudnestle/topology/topology';
import type {
  FunctionName,
  ScheduledFunctionName,
  SubscriberName,
} from '@cloudnestle/topology/types';
import type { Handlers } from '../build-handlers.ts';
import type { Timeline } from '../log/create-timeline.ts';
import type { StorefrontOptions } from '../storefront-options.ts';

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
  /** The gateway's origin, `http://127.0.0.1:PORT`. */
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
  pollers: Readonly<Record<SubscriberName, PollerControl>>;
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
