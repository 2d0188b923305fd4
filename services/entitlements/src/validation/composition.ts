import { setTimeout as delay } from 'node:timers/promises';
import { createFindUser } from '@cloudnestle/runtime/access-items';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { buildHttpHandler, type HttpHandler } from '@cloudnestle/runtime/http/handler';
import { createItemReader } from '@cloudnestle/runtime/item-reader';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import { readOneByOne } from '@cloudnestle/runtime/read-item';
import { readShopCatalogue, shopEnvironmentShape } from '@cloudnestle/runtime/shop-catalogue';
import * as z from 'zod';
import { ANSWER_WITHIN_MS, AWS_TIMEOUT_MS } from './dependencies.ts';
import { buildValidationEndpoint } from './endpoint.ts';
import { createTokenRecords } from './token-records.ts';
import { createUsageCounter } from './usage-counter.ts';

const environmentSchema = z.object({
  ENTITLEMENTS_TABLE: z.string().min(1),
  ENTITLEMENTS_BY_TOKEN_INDEX: z.string().min(1),
  USERS_TABLE: z.string().min(1),
  ...shopEnvironmentShape,
  /** When a day of searches begins, in minutes east of UTC. */
  QUOTA_UTC_OFFSET_MINUTES: z.coerce.number().int().min(-720).max(840),
});

/** The validation of tokens with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('entitlements'),
  { sleep = delay }: { sleep?: (ms: number) => Promise<unknown> } = {},
): HttpHandler {
  const config = readConfig(environmentSchema, environment);
  const table = config.ENTITLEMENTS_TABLE;
  const reader = createDynamoClient({ timeoutMs: AWS_TIMEOUT_MS }, platform);
  const readTogether = createItemReader(reader);
  // A write whose answer was lost may stand: repeating it would count one search twice.
  const counter = createDynamoClient({ timeoutMs: AWS_TIMEOUT_MS, maxAttempts: 1 }, platform);
  const endpoint = buildValidationEndpoint({
    answerWithinMs: ANSWER_WITHIN_MS,
    now: platform.now,
    metrics: platform.metrics,
    catalogue: readShopCatalogue(config),
    utcOffsetMinutes: config.QUOTA_UTC_OFFSET_MINUTES,
    records: createTokenRecords({
      dynamo: reader,
      read: readTogether,
      table,
      index: config.ENTITLEMENTS_BY_TOKEN_INDEX,
      sleep,
    }),
    usage: createUsageCounter({ counter, read: readOneByOne(reader), table }),
    findUser: createFindUser(readTogether, config.USERS_TABLE),
  });
  return buildHttpHandler(platform, endpoint);
}
