import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import { buildHttpHandler, type HttpHandler } from '@cloudnestle/runtime/http/handler';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import * as z from 'zod';
import { connectDesk, type DeskOptions } from '../desk/connect-desk.ts';
import { buildOperateEndpoint } from './endpoint.ts';
import { operatorsEnvironmentShape } from './operator.ts';

const environmentSchema = z.object(operatorsEnvironmentShape);

/** The operators' API with everything it needs, from its environment. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('operations'),
  options: DeskOptions = {},
): HttpHandler {
  const groups = readConfig(environmentSchema, environment);
  const connect = connectDesk(environment, platform, options);
  return buildHttpHandler(platform, buildOperateEndpoint({ groups, connect }));
}
