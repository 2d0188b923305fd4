import type { Graph } from '@cloudnestle/sst-offline/graph/graph';
import type { Stage } from '../config/read-stage.ts';

/** What is wrong with a stage's resource graph, in words; empty where it keeps the promise. */
export type Check = (graph: Graph, stage: Stage) => string[];
