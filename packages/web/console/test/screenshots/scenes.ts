import type { Page } from '@cloudnestle/test-kit/browser';
import type { Paid, World } from '../testing/world.ts';

/** What a run has been through before it is looked at. */
export interface Story {
  world: World;
  paid: Paid;
  broken: Paid;
  declined: Paid;
}

/** One screen in one state: its address, and what is done there. */
export interface Scene {
  name: string;
  path(story: Story): string;
  show?(page: Page): Promise<unknown>;
}

/** A few buyers pay; then tiers fails, and letters lie in its dead-letter queue. */
export async function tellStory(world: World): Promise<Story> {
  const paid = await world.pay();
  const declined = await world.pay({ outcome: 'FAILED' });
  await world.setTiers('failing');
  const broken = await world.pay();
  for (let count = 0; count < 5; count += 1) await world.pay();
  return { world, paid, broken, declined };
}

const look = async (page: Page) => {
  await page.getByRole('button', { name: /^Look/ }).click();
  await page.getByText(/of about \d+ seen/).waitFor();
};
const click = async (page: Page, name: string, then: string) => {
  await page.getByRole('button', { name }).first().click();
  await page.getByText(then).first().waitFor();
};

export const scenes: readonly Scene[] = [
  { name: 'now', path: () => '/' },
  { name: 'orders', path: () => '/orders' },
  {
    name: 'found',
    path: () => '/orders',
    show: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('buyer-1@example.com');
      await page.keyboard.press('Enter');
      await page.getByText('By “').waitFor();
    },
  },
  { name: 'order-consistent', path: ({ paid }) => `/orders/${paid.transactionId}` },
  { name: 'order-failed', path: ({ declined }) => `/orders/${declined.transactionId}` },
  { name: 'order-broken', path: ({ broken }) => `/orders/${broken.transactionId}` },
  {
    name: 'order-repair',
    path: ({ broken }) => `/orders/${broken.transactionId}`,
    show: (page) => click(page, 'Repair…', 'This will be done'),
  },
  {
    name: 'order-refund',
    path: ({ paid }) => `/orders/${paid.transactionId}`,
    show: (page) => click(page, 'Pay back…', 'Amount in rupees'),
  },
  { name: 'letters', path: () => '/dead-letters?queue=tiers', show: look },
  {
    name: 'letters-replay',
    path: () => '/dead-letters?queue=tiers',
    show: async (page) => {
      await look(page);
      await click(page, 'Replay…', 'would be taken');
    },
  },
  {
    name: 'letter',
    path: () => '/dead-letters?queue=tiers',
    show: async (page) => {
      await look(page);
      await page.locator('tr[data-copy] a').first().click();
      await page.getByRole('heading', { name: 'Attributes' }).waitFor();
    },
  },
  { name: 'kept', path: () => '/dead-letters/kept?queue=tiers' },
  { name: 'attention', path: () => '/attention' },
  { name: 'reconciliation', path: () => '/reconciliation' },
  { name: 'refunds', path: () => '/refunds' },
  { name: 'refunds-open', path: () => '/refunds?list=open' },
  { name: 'revenue', path: () => '/revenue' },
  { name: 'health', path: () => '/health' },
  {
    name: 'runbook',
    path: () => '/health',
    show: (page) => click(page, 'dead-letters', 'It worked'),
  },
  { name: 'actions', path: () => '/actions' },
  { name: 'keys', path: () => '/', show: (page) => page.keyboard.press('?') },
];
