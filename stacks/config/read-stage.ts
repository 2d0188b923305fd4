import { buildStageNames, PRODUCTION, type StageNames } from '@cloudnestle/topology/stage-names';
import * as z from 'zod';
import { findObjections } from './find-objections.ts';
import { type StageConfig, stageConfigSchema } from './schema.ts';
import { personalStage, stages } from './stages.ts';

export interface Stage {
  name: string;
  config: StageConfig;
  names: StageNames;
  /** Data is protected here, and outlives the stage. */
  isProduction: boolean;
}

/** What a stage is, from its configuration. Throws in words where it may not be deployed like that. */
export function readStage(name: string): Stage {
  return buildStage(name, stages[name] ?? personalStage);
}

/** The same for a configuration from elsewhere. */
export function buildStage(name: string, input: unknown): Stage {
  // It stands in front of names that AWS cuts off at 64 letters, and dozens of times in policies of at most 6,144.
  if (!/^[a-z][a-z0-9-]{0,11}$/.test(name)) {
    throw new Error(
      `The stage "${name}" cannot be deployed: a stage's name has 1 to 12 of a-z, 0-9 and dashes, and begins with a letter.`,
    );
  }
  const parsed = stageConfigSchema.safeParse(input);
  if (!parsed.success) {
    throw new Error(
      `The stage "${name}" is not configured rightly (stacks/config/stages.ts):\n${z.prettifyError(parsed.error)}`,
    );
  }
  const config = parsed.data;
  const isProduction = name === PRODUCTION;
  const objections = findObjections(config, { isProduction });
  if (objections.length > 0) {
    const list = objections.map((each) => `- ${each}`).join('\n');
    throw new Error(`The stage "${name}" is not deployed (stacks/config/stages.ts):\n${list}`);
  }
  return { name, config, names: buildStageNames(name), isProduction };
}
