import type { InvoiceDocument } from '@cloudnestle/contracts/items/invoice';
import { handlerBuilders } from '@cloudnestle/dev/build-handlers';
import type { Environment } from '@cloudnestle/runtime/config';
import type { Platform } from '@cloudnestle/runtime/platform';
import { functions } from '@cloudnestle/topology/functions';
import type { FunctionName } from '@cloudnestle/topology/types';
import type { Context } from 'aws-lambda';
import type { FunctionPool, Simulation } from '../parts/simulation.ts';
import { createFunctionPool } from './function-pool.ts';

export type FunctionPools = Readonly<Record<FunctionName, FunctionPool>>;

/** Of a function without executions set aside. */
const MOST_AT_ONCE = 100;

/** Every function of the topology, composed by its own service at each cold start. */
export function createPools(
  simulation: Simulation,
  environmentOf: (name: FunctionName) => Environment,
): FunctionPools {
  const pools = new Map<string, FunctionPool>();
  for (const { name, reservedConcurrency: mostAtOnce = MOST_AT_ONCE } of functions) {
    const environment = environmentOf(name);
    const pool = createFunctionPool(simulation, name, {
      mostAtOnce,
      compose: ({ platform }) => build(name)(environment, platform),
    });
    pools.set(name, pool);
  }
  return Object.fromEntries(pools) as FunctionPools;
}

type Build = (
  environment: Environment,
  platform: Platform,
) => (event: unknown, context: Context) => Promise<unknown>;

/** Thousands of documents are issued, and no page of theirs is looked at: setting them would take longer than all else. */
const withoutPages = {
  render: async (document: InvoiceDocument) => {
    const bytes = Buffer.from(document.number);
    return { bytes, sha256: document.number };
  },
  renderDocument: async ({ document }: { document: InvoiceDocument }) =>
    Buffer.from(document.number),
};

/** What Lambda knows of a handler: it takes some event and answers something. */
function build(name: FunctionName): Build {
  const builder: (environment: Environment, platform: Platform, options: object) => unknown =
    handlerBuilders[name];
  return (environment, platform) => {
    const handler = builder(environment, platform, withoutPages);
    if (typeof handler !== 'function') throw new Error(`${name} is no function`);
    return async (event, context) => handler(event, context);
  };
}
