/** What EventBridge sends a function on a schedule. */
export function buildScheduleEvent(options: { name: string; now: Date; id: string }) {
  const { name, now, id } = options;
  return {
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '000000000000',
    time: now.toISOString(),
    region: 'us-east-1',
    resources: [`arn:aws:events:us-east-1:000000000000:rule/${name}`],
    detail: {},
  };
}
