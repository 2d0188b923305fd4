import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { nameInUrl } from '../../queues/stage-queues.ts';
import type { Check } from '../check.ts';
import { judgePolicies } from './judge-policies.ts';
import { READS_QUEUES, type ReadQueue } from './read-queue.ts';

/** Whether EventBridge may send to all queues that it has to: the subscribers' and the delivery's dead-letter queue. */
export function checkPolicies(stage: EnvironmentSecret, readQueue: ReadQueue): Check {
  const urls = [...Object.values(stage.queues).map(({ url }) => url), stage.deliveryDeadLetterUrl];
  return {
    check: 'queue policies',
    subject: 'EventBridge may send',
    asks: READS_QUEUES,
    look: async () => {
      const queues = urls.map(async (url) => {
        const facts = await readQueue(url);
        return facts ? [{ name: nameInUrl(url), policy: facts.Policy }] : [];
      });
      return judgePolicies((await Promise.all(queues)).flat());
    },
  };
}
