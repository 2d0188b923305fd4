import type { Inputs } from '../pulumi.ts';
import { buildArn } from './arn.ts';
import { inventions } from './inventions.ts';

/** What AWS's provider would answer for a resource. SST's components read ARNs and urls apart, so these are well formed. */
export function inventOutputs(
  resource: { type: string; name: string; inputs: Inputs; lookup?: string | undefined },
  region: string,
): { id: string; state: Inputs } {
  const { type, inputs, lookup } = resource;
  const name = lookup || textOf(inputs.name) || textOf(inputs.bucket) || resource.name;
  const { id = name, ...outputs } = inventions[type]?.({ name, inputs, region }) ?? {};
  const service = type.split(/[:/]/)[1] ?? 'unknown';
  return {
    id,
    state: { name, arn: buildArn(service, region, name), ...inputs, ...outputs },
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
