import type { Platform } from '@cloudnestle/runtime/platform';
import type { Format } from '../output/parse-format.ts';

/** One call of the command. */
export interface ReconcileJob {
  stage: string;
  /** The functions' variables on that stage. */
  variables: Readonly<Record<string, string>>;
  platform: Platform;
  format: Format;
}

/** What is printed, and whether nothing is left to do. */
export interface Printed {
  text: string;
  isDone: boolean;
}

/** Who published, as the events say it. */
export function buildTrigger({ platform }: Pick<ReconcileJob, 'platform'>) {
  return {
    producer: 'cli',
    causationId: platform.newId(),
    gatewayEvent: 'manual',
  };
}
