import { topology as ours, type Topology } from '@cloudnestle/topology/topology';
import type { World } from './aws.ts';
import { createDynamo, type DynamoModel, type DynamoOptions } from './dynamo.ts';

export interface AwsOptions extends World {
  /** By default the system's own. */
  topology?: Topology;
  /** An eventually consistent read and every index may be behind by so much. */
  lagMs: number;
  /** Told of every write to a table at once. */
  onChange?: DynamoOptions['onChange'];
}

/** All of AWS that the system uses, as one account with the topology provisioned. */
export interface SimulatedAws {
  dynamo: DynamoModel;
}

/**
 * Builds the account. Nothing in it waits, has a timer or draws chance: time and every choice are the caller's, so the
 * same calls with the same answers of `now` and `choose` always come out the same.
 */
export function createAws(options: AwsOptions): SimulatedAws {
  const { topology = ours, lagMs, onChange, now, choose } = options;
  return {
    dynamo: createDynamo({
      tables: Object.values(topology.tables),
      lagMs,
      now,
      choose,
      ...(onChange ? { onChange } : {}),
    }),
  };
}
