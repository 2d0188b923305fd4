import { type Measure, metricsOf } from '@cloudnestle/topology/metrics';
import type { Stage } from '../config/read-stage.ts';

/** Whether a stage has what a number is made of: what became of mails only a configuration set of its own tells. */
export function isMeasured(measure: Measure, stage: Stage): boolean {
  return hasOwnMailSet(stage) || metricsOf(measure).every((metric) => metric.of !== 'mail');
}

export function hasOwnMailSet({ config }: Stage): boolean {
  return config.mail.identity.kind === 'created';
}
