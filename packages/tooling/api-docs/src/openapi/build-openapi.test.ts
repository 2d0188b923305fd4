import { topology } from '@cloudnestle/topology/topology';
import { describe, expect, it } from 'vitest';
import { lint } from '../testing/lint.ts';
import { buildOpenApi } from './build-openapi.ts';
import { operations } from './operations/all.ts';

const document = buildOpenApi();
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    operation,
  })),
);
const routes = topology.routes.map((route) => ({ route, key: `${route.method} ${route.path}` }));

it('is a valid OpenAPI 3.1 document whose examples fit its schemas', async () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(await lint('openapi.json', document)).toEqual([]);
});

it('describes every route of the topology, and no other', () => {
  expect(described.map(({ route }) => route).sort()).toEqual(routes.map(({ key }) => key).sort());
});

describe.each(routes)('$key', ({ route, key }) => {
  const operation = described.find((each) => each.route === key)?.operation;

  it('asks for an admin’s token exactly where the topology has an authorizer', () => {
    const wanted = operation?.security.flatMap((each) => Object.keys(each));
    expect(wanted?.includes('adminToken')).toBe(route.adminOnly);
  });

  it('says how many calls it takes', () => {
    const { ratePerSecond, burst } = route.throttle;
    expect(operation?.description).toContain(`${ratePerSecond} calls a second, ${burst} at once`);
    expect(operation?.responses[429]).toBeDefined();
  });
});

it('refuses a route without words, and words without a route', () => {
  const [first] = topology.routes;
  if (!first) throw new Error('there are no routes');
  const added = { ...first, path: '/payments/new' };
  expect(() => buildOpenApi([...topology.routes, added])).toThrow(
    'POST /payments/new is not described in packages/tooling/api-docs/src/openapi/operations',
  );
  expect(() => buildOpenApi(topology.routes.slice(1), operations)).toThrow(
    `the topology has no route ${first.method} ${first.path}`,
  );
});

it('lets clients count on fields that later versions add', () => {
  expect(JSON.stringify(document)).not.toContain('"additionalProperties":false');
});

it('tells a caller what a field means', () => {
  const { UpgradeAnswer, ValidateTokenRequest } = document.components.schemas;
  expect(UpgradeAnswer).toHaveProperty('properties.reused.description');
  expect(ValidateTokenRequest).toHaveProperty('properties.check_only.description');
  // A default may be left out of a request.
  expect(document.components.schemas.ReportRequest?.required).not.toContain('limit');
});
