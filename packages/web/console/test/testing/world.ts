import type { LocalRun } from '@cloudnestle/dev/start';
import { finish, type Order, postJson, upgrade } from '@cloudnestle/dev/testing/buyer';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import {
  type Buyer,
  createTestMarketplace,
  type TestMarketplace,
} from '@cloudnestle/dev/testing/test-marketplace';
import type { Page } from '@cloudnestle/test-kit/browser';

export type Paid = Order & { buyer: Buyer };

/** A whole local run with buyers, and ways to break it and to look at it from the console. */
export interface World {
  run: LocalRun;
  url: string;
  /** A buyer of their own pays, or has the payment declined; resolves when all that follows has come about. */
  pay(how?: { outcome?: 'COMPLETED' | 'FAILED'; waits?: boolean }): Promise<Paid>;
  /** Breaks tiers, so that each event becomes a dead letter, or mends it. */
  setTiers(mode: 'failing' | 'well'): Promise<void>;
  /** Fills and empties the queues of tiers, which take no letter meanwhile. */
  letters: Pick<TestMarketplace, 'putLetters' | 'takeLetters'>;
  stop(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const run = await startTestRun({ retryScale: 0 });
  const marketplace = createTestMarketplace(run);
  return {
    run,
    url: `${run.url}/console`,
    pay: async ({ outcome = 'COMPLETED', waits = true } = {}) => {
      const buyer = await marketplace.addBuyer();
      const order = await upgrade(run, buyer);
      await finish(run, order, { outcome, mode: 'UPI', webhook: 'send' });
      if (waits) await run.idle();
      return { ...order, buyer };
    },
    setTiers: async (mode) => {
      const answer = await postJson(`${run.url}/dev/faults`, { subscriber: 'tiers', mode });
      if (answer.status !== 200) throw new Error(`the switch answered ${answer.status}`);
    },
    letters: marketplace,
    stop: async () => {
      marketplace.stop();
      await run.stop();
    },
  };
}

/** Signs an operator of the demo in, from the door on, and goes to an address within the console. */
export async function signIn(
  page: Page,
  url: string,
  who: 'look' | 'repair' | 'stranger',
  path = '/',
): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: `${who}@example.com` }).click();
  await page.waitForURL(({ href }) => href === `${url}${path}`);
}
