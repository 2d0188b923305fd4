import { join } from 'node:path';
import { loadGraph } from '@cloudnestle/sst-offline/evaluate/load-graph';
import type { Graph } from '@cloudnestle/sst-offline/graph/graph';
import { readStage, type Stage } from '../../config/read-stage.ts';
import { buildConsoleStage } from '../fixtures/console/console-stage.ts';
import { buildExistingStage } from '../fixtures/existing/existing-stage.ts';

export interface LoadedStage {
  graph: Graph;
  stage: Stage;
}

export const root = join(import.meta.dirname, '../../..');

/** The graph of a stage as `sst.config.ts` has it. */
export async function loadStage(name: string): Promise<LoadedStage> {
  return { graph: await loadGraph({ root, stage: name }), stage: readStage(name) };
}

/** Production on the tables, secrets and user pool of an earlier system. */
export async function loadExistingStage(): Promise<LoadedStage> {
  const config = 'stacks/test/fixtures/existing/sst.config.ts';
  return {
    graph: await loadGraph({ root, stage: 'production', config }),
    stage: buildExistingStage(),
  };
}

/** Production with a console and a user pool of its own. */
export async function loadConsoleStage(): Promise<LoadedStage> {
  const config = 'stacks/test/fixtures/console/sst.config.ts';
  return {
    graph: await loadGraph({ root, stage: 'production', config }),
    stage: buildConsoleStage(),
  };
}
