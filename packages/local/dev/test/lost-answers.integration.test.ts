import { attentionGauges, type MetricName } from '@cloudnestle/contracts/metric-names';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { type RunningSandbox, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { functions } from '@cloudnestle/topology/functions';
import { operationsFunctions } from '@cloudnestle/topology/functions/operations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scene, scenes } from './testing/lost-answers-scenes.ts';
import { addBuyer, countWrites, endings, loseAnswer } from './testing/lost-answers-world.ts';

let cloud: TestCloud;
let gateway: RunningSandbox;

beforeAll(async () => {
  cloud = await startTestCloud();
  gateway = await startTestGateway(cloud);
  await cloud.writeSecret(cloud.topology.secrets.tokenSecret, {
    tokenSecret: 'only-for-tests'.repeat(4),
  });
});
afterAll(async () => {
  await gateway.close();
  await cloud.stop();
});

const MOST_CALLS = 6;
const BETWEEN_CALLS_MS = 60_000;

/** Plays a scene, with its first call disturbed. */
async function play(scene: Scene, disturb: (call: () => Promise<unknown>) => Promise<unknown>) {
  const { platform, ...buyer } = await addBuyer(cloud, gateway, scene.startsAt);
  const call = await scene.prepare({ platform, ...buyer }, gateway);
  let isDone = false;
  for (let attempt = 1; attempt <= MOST_CALLS && !(isDone && attempt > scene.calls); attempt += 1) {
    const once = async () => {
      isDone = await call(attempt);
    };
    await (attempt === 1 ? disturb(once) : once());
    platform.setNow(new Date(platform.now().getTime() + BETWEEN_CALLS_MS));
  }
  gateway.sandbox.faults.clear();
  const state = await buyer.state();
  await buyer.leave();
  const counted = platform.allCounted();
  const gauges = Object.values(attentionGauges).map((name) => [name, platform.gauged(name)]);
  return {
    end: { isDone, state: scene.allow?.state(state) ?? state, gauges },
    counted,
  };
}

// What operators ask for is a job that is killed and taken up again in the tests of services/operations.
it('plays a scene of every function that may write for payments', () => {
  const writers = functions.filter(
    (each) =>
      !operationsFunctions.includes(each) &&
      each.tables.some(
        ({ actions }) => actions.includes('PutItem') || actions.includes('UpdateItem'),
      ),
  );
  const played = new Set(scenes.map(({ name }) => name.split(':')[0]));
  expect(writers.map(({ name }) => name).filter((name) => !played.has(name))).toEqual([]);
});

describe.each(scenes)('$name', (scene) => {
  it.each(Object.entries(endings))(
    'ends as undisturbed, whichever conditional write’s answer is lost, %s',
    async (_how, ending) => {
      let writes = 0;
      const undisturbed = await play(scene, async (call) => {
        writes = await countWrites(cloud, call);
      });
      expect(undisturbed.end.isDone).toBe(true);
      expect(writes).toBeGreaterThan(0);
      for (let nth = 1; nth <= writes; nth += 1) {
        let isLost = false;
        const disturbed = await play(scene, async (call) => {
          isLost = await loseAnswer(cloud, { nth, ending }, call);
        });
        expect({ nth, isLost, ...disturbed.end }).toEqual({
          nth,
          isLost: true,
          ...undisturbed.end,
        });
        const uncounted = listUncounted(scene, undisturbed.counted, disturbed.counted);
        expect({ nth, uncounted }).toEqual({ nth, uncounted: [] });
      }
    },
  );
});

type Counted = ReadonlyMap<MetricName, number>;

/** What says how a run went, how many there are, or what a caller was answered; not what has become of an order. */
const ofTheRunItself =
  /^(Attention|Sweep|RefundSweep|Refunds|RefundedToday|OwedOver|PaymentInitiation|Payment(Completed|Failed)Published$)/;

/** What was counted less often than undisturbed: rather twice than never. */
function listUncounted({ allow }: Scene, undisturbed: Counted, disturbed: Counted): string[] {
  const countOf = (name: MetricName) =>
    Math.max(...[name, allow?.instead?.[name] ?? name].map((each) => disturbed.get(each) ?? -1));
  return [...undisturbed]
    .filter(([name, count]) => !ofTheRunItself.test(name) && countOf(name) < count)
    .map(([name]) => name);
}
