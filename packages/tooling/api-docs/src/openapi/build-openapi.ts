import { topology } from '@cloudnestle/topology/topology';
import type { Route } from '@cloudnestle/topology/types';
import { info } from '../info.ts';
import { buildOperation } from './build-operation.ts';
import { buildComponents } from './components.ts';
import { description } from './description.ts';
import type { OperationDoc } from './operation.ts';
import { operations as allOperations } from './operations/all.ts';

/**
 * The HTTP API as OpenAPI 3.1: the topology's routes with the contracts' bodies. Throws where a route has no words here,
 * or words have no route.
 */
export function buildOpenApi(
  routes: readonly Route[] = topology.routes,
  operations: readonly OperationDoc[] = allOperations,
) {
  const paths: Record<string, Record<string, ReturnType<typeof buildOperation>>> = {};
  for (const operation of operations) {
    const route = routes.find(({ method, path }) => `${method} ${path}` === operation.route);
    if (!route) throw new Error(`the topology has no route ${operation.route}`);
    paths[route.path] = {
      ...paths[route.path],
      [route.method.toLowerCase()]: buildOperation(operation, route),
    };
  }
  for (const { method, path } of routes) {
    if (paths[path]?.[method.toLowerCase()]) continue;
    throw new Error(
      `${method} ${path} is not described in packages/tooling/api-docs/src/openapi/operations`,
    );
  }
  return {
    openapi: '3.1.1',
    info: { ...info, description },
    servers: [
      { url: '/', description: 'Where this document is served from: the local run.' },
      {
        url: 'https://{api}.execute-api.{region}.amazonaws.com',
        description: 'A deployed stage.',
        variables: {
          api: { default: 'api-id', description: "The id of the stage's HTTP API." },
          region: { default: 'ap-south-1' },
        },
      },
    ],
    tags: [
      { name: 'Buyers', description: 'What a frontend calls to sell.' },
      { name: 'Search', description: 'What a search app calls before every search.' },
      { name: 'Payment gateway', description: 'What PhonePe calls.' },
      { name: 'Admins', description: 'What the admin page calls.' },
    ],
    paths,
    components: buildComponents(),
  };
}
