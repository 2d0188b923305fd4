import { topology } from '@cloudnestle/topology/topology';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { printTopology } from './print-topology.ts';

const printedSchema = z.object({
  bus: z.object({ name: z.string() }),
  rules: z.array(
    z.object({
      name: z.string(),
      pattern: z.object({ 'detail-type': z.array(z.string()) }),
      targets: z.array(z.object({ queue: z.string(), deadLetterQueue: z.string() })),
    }),
  ),
  queues: z.array(z.object({ queue: z.string(), deadLetterQueue: z.string() })),
  tables: z.array(z.object({ name: z.string() })),
  routes: z.array(z.object({ method: z.string(), path: z.string() })),
  schedules: z.array(z.unknown()),
  functions: z.array(z.object({ name: z.string() })),
});

test('the printed topology is JSON and names every part of the system', () => {
  const printed = printedSchema.parse(JSON.parse(printTopology()));
  expect(printed.bus.name).toBe('marketplace-payments');
  expect(printed.rules.map(({ pattern }) => pattern['detail-type'])).toEqual(
    topology.subscriptions.map(({ detailTypes }) => detailTypes),
  );
  expect(printed.rules.flatMap(({ targets }) => targets.map(({ queue }) => queue))).toEqual(
    printed.queues.map(({ queue }) => queue),
  );
  expect(printed.tables).toHaveLength(6);
  expect(printed.routes).toContainEqual(
    expect.objectContaining({ method: 'POST', path: '/payments/phonepe-webhook' }),
  );
  expect(printed.functions).toHaveLength(topology.functions.length);
});
