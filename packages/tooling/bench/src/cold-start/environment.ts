import { buildStageFacts } from '@cloudnestle/dev/stage-facts';
import { buildFunctionEnvironment } from '@cloudnestle/topology/function-environment';
import { topology } from '@cloudnestle/topology/topology';
import type { FunctionDefinition } from '@cloudnestle/topology/types';

/** What a function finds in its environment on AWS. Nothing is called at a cold start, so no address needs to answer. */
export function buildColdStartEnvironment(definition: FunctionDefinition): Record<string, string> {
  const facts = buildStageFacts(topology, {
    url: 'https://marketplace.example',
    frontends: [],
    retryScale: 1,
    gatewayCallsPerSecond: 25,
  });
  const isSubscriber = topology.subscriptions.some((each) => each.subscriber === definition.name);
  const queue = {
    url: 'https://sqs.us-east-1.amazonaws.com/000000000000/queue',
    deadLetterUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/queue-dlq',
  };
  return {
    AWS_REGION: 'us-east-1',
    ...buildFunctionEnvironment(definition, facts, isSubscriber ? queue : undefined),
  };
}
