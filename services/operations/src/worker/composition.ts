import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import type { QueueHandler } from '@cloudnestle/runtime/queue/handler';
import * as z from 'zod';
import { connectDesk, type DeskOptions } from '../desk/connect-desk.ts';
import { buildWorkHandler } from './work.ts';

const environmentSchema = z.object({ QUEUE_URL: z.url() });

/** The worker that does operators' jobs, with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('operations'),
  options: DeskOptions = {},
): QueueHandler {
  const { QUEUE_URL } = readConfig(environmentSchema, environment);
  const connect = connectDesk(environment, platform, options);
  return buildWorkHandler({ platform, connect, queueUrl: QUEUE_URL });
}
