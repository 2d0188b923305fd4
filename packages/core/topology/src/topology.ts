import {
  archiveRetentionDays,
  bus,
  deadLetterRetentionDays,
  deliveryDeadLetterQueue,
  maxReceiveCount,
  queueRetentionDays,
} from './bus.ts';
import { functions } from './functions.ts';
import { jobQueue } from './job-queue.ts';
import { routes, schedules } from './routes.ts';
import { environmentSecret, secrets } from './secrets.ts';
import { subscriptions } from './subscriptions.ts';
import { tables } from './tables.ts';

/** The whole system as plain data: read by the stacks and by the local run, so that the two cannot differ. */
export const topology = {
  bus,
  archiveRetentionDays,
  subscriptions,
  jobQueue,
  deliveryDeadLetterQueue,
  queueRetentionDays,
  deadLetterRetentionDays,
  maxReceiveCount,
  functions,
  routes,
  schedules,
  tables,
  secrets,
  environmentSecret,
};
export type Topology = typeof topology;
