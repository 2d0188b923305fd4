import type { LocatedMetric } from '@cloudnestle/topology/locate-metric';
import { vi } from 'vitest';
import * as z from 'zod';

const lineSchema = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/**
 * Reads from this process's output what CloudWatch would make metrics of, until it is stopped. Nothing is printed
 * meanwhile.
 */
export function collectMetrics(): { found: LocatedMetric<unknown>[]; stop(): void } {
  const found: LocatedMetric<unknown>[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    found.push(...readMetrics(String(text)));
    return true;
  });
  return { found, stop: () => spy.mockRestore() };
}

function readMetrics(text: string): LocatedMetric<unknown>[] {
  if (!text.includes('"_aws"')) return [];
  const line = lineSchema.parse(JSON.parse(text));
  return line._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name }) =>
      Dimensions.map((names) => ({
        namespace: Namespace,
        name: Name,
        dimensions: Object.fromEntries(names.map((each) => [each, line[each]])),
      })),
    ),
  );
}
