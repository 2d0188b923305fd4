import { topology } from '@cloudnestle/topology/topology';
import type { Stage } from './config/read-stage.ts';

/** The bus, and an archive from which every event of the last weeks can be replayed. */
export function createBus({ names }: Stage): sst.aws.Bus {
  const bus = new sst.aws.Bus('Events', { transform: { bus: { name: names.bus } } });
  new aws.cloudwatch.EventArchive('EventsArchive', {
    name: names.bus,
    description: 'Every payment event, for replays',
    eventSourceArn: bus.arn,
    eventPattern: JSON.stringify({ source: [topology.bus.source] }),
    retentionDays: topology.archiveRetentionDays,
  });
  return bus;
}
