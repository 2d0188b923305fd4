import { startBrowser } from '@cloudnestle/test-kit/browser';
import { signIn, startWorld } from './test/testing/world.ts';

const world = await startWorld();
const browser = await startBrowser();
const { page, problems } = await browser.open({
  viewport: { width: 1400, height: 900 },
  reducedMotion: 'reduce',
});
page.on('response', async (r) => {
  if (r.url().includes('/payments/admin') && r.status() >= 400)
    console.log(r.status(), r.url(), (await r.text()).slice(0, 400));
});
const paid = await world.pay();
await world.pay({ outcome: 'FAILED' });
const mend = world.breakTiers();
const broken = await world.pay();
console.log('paid', paid.transactionId, broken.transactionId);
await signIn(page, world.url, 'repair');
await page.getByRole('heading', { name: 'Now' }).waitFor();
for (const [name, path] of [
  ['now', '/'],
  ['orders', '/orders'],
  ['order-ok', `/orders/${paid.transactionId}`],
  ['order-broken', `/orders/${broken.transactionId}`],
  ['letters', '/dead-letters?queue=tiers'],
  ['attention', '/attention'],
  ['health', '/health'],
  ['actions', '/actions'],
  ['refunds', '/refunds'],
  ['revenue', '/revenue'],
  ['reconciliation', '/reconciliation'],
] as const) {
  await page.goto(`${world.url}${path}`);
  await page.waitForTimeout(1500);
  if (name === 'letters') {
    await page.getByRole('button', { name: 'Look' }).click();
    await page
      .getByText('seen')
      .waitFor({ timeout: 20000 })
      .catch((e) => console.log(String(e)));
  }
  await page.screenshot({ path: `/tmp/w6m/real/${name}.png`, fullPage: true });
}
console.log(problems);
await browser.close();
mend();
await world.stop();
process.exit(0);
