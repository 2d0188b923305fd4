import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { buildHttpHandler, type HttpHandler } from '@cloudnestle/runtime/http/handler';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import { readShopCatalogue, shopEnvironmentShape } from '@cloudnestle/runtime/shop-catalogue';
import * as z from 'zod';
import { buildPlansEndpoint } from './endpoint.ts';

const environmentSchema = z.object(shopEnvironmentShape);

/** The list of plans with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('checkout'),
): HttpHandler {
  const catalogue = readShopCatalogue(readConfig(environmentSchema, environment));
  return buildHttpHandler(platform, buildPlansEndpoint(catalogue));
}
