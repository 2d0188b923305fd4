import { findBarriers, type Page } from '@cloudnestle/test-kit/browser';
import { describeInBrowser } from '@cloudnestle/test-kit/describe-in-browser';
import { useBrowser } from '@cloudnestle/test-kit/use-browser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn, startWorld, type World } from './testing/world.ts';

describeInBrowser('the operators’ console, in a browser, over the whole local run', () => {
  let world: World;
  const browsing = useBrowser();
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  const open = (width = 1280): Promise<Page> =>
    browsing.open({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
  const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });
  const consent = async (page: Page, why: string) => {
    await page.getByLabel('Why').fill(why);
  };

  it('shows where a payment’s walk has stopped, replays the letter by keyboard alone, and sees it heal', async () => {
    const page = await open();
    await signIn(page, world.url, 'repair');
    const tiers = page.getByLabel('tiers', { exact: true });
    await tiers.selectOption('failing');
    await page.getByText('1 broken').waitFor();
    const { transactionId } = await world.pay();
    await walkTo(page, `/orders/${transactionId}`);
    await verdict(page).getByText('Broken, and can be repaired').waitFor();
    const walk = page.getByRole('article', { name: 'The walk of PaymentCompleted' });
    await walk.getByText('the grant in the user’s row').waitFor();
    await verdict(page)
      .getByRole('button', { name: /Look for this order/ })
      .click();
    await verdict(page).getByText('tiers: tiers is broken on purpose').waitFor();
    await walkTo(page, '/');
    await tiers.selectOption('well');
    await page.getByText('all are well').waitFor();
    // From here on no mouse: to the letters, look, preview, say why, replay.
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.getByRole('heading', { name: 'Dead letters' }).waitFor();
    await page.getByRole('link', { name: 'tiers' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/dead-letters?queue=tiers');
    await pressOn(page, 'button', 'Look');
    await page.getByText('1 of about 1 seen').waitFor();
    await pressOn(page, 'button', 'Replay…');
    await page.getByText('would be taken').waitFor();
    await page.getByLabel('Why').focus();
    await page.keyboard.type('the table takes writes again');
    await pressOn(page, 'button', 'Replay 1 letter to tiers');
    await page.getByRole('region', { name: 'Jobs' }).getByText('done').waitFor();
    await world.run.idle();
    await walkTo(page, `/orders/${transactionId}`);
    await verdict(page)
      .getByText(/^Everything agrees/)
      .waitFor();
    await walk.getByText('all effects there').waitFor();
    await walkTo(page, '/actions');
    await page.getByText('the table takes writes again').waitFor();
  });

  it('lets who looks see all and change nothing: the buttons say why, and the server refuses', async () => {
    const { transactionId } = await world.pay();
    const page = await open();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.headers().authorization ?? ''));
    await signIn(page, world.url, 'look', `/orders/${transactionId}`);
    await verdict(page)
      .getByText(/^Everything agrees/)
      .waitFor();
    const back = page.getByRole('button', { name: 'Pay back…' });
    // It is there to be asked, although it cannot be pressed.
    await back.click({ force: true });
    await page.getByText('You are in the group “look”').first().waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    // Past the buttons, with this operator's own token.
    const token = asked.findLast((header) => header.startsWith('Bearer ')) ?? '';
    for (const path of ['refunds', 'repair', 'reveal', 'access/end']) {
      const answer = await fetch(
        `${world.run.url}/payments/admin/payments/${transactionId}/${path}`,
        {
          method: 'POST',
          headers: { authorization: token, 'content-type': 'application/json' },
          body: JSON.stringify({ reason: 'let me', fields: ['userEmail'] }),
        },
      );
      expect(answer.status, path).toBe(403);
    }
    const stranger = await open();
    await signIn(stranger, world.url, 'stranger');
    await stranger.getByText('Your group does not allow this').waitFor();
    expect(await stranger.getByRole('navigation').count()).toBe(0);
  });

  it('shows an email with a reason, writes that down, and hides it again after a minute', async () => {
    const { transactionId, buyer } = await world.pay();
    const page = await open();
    await page.clock.install();
    await signIn(page, world.url, 'repair', `/orders/${transactionId}`);
    const email = page.getByText(buyer.email);
    await page.getByRole('button', { name: 'reveal' }).first().click();
    await page.getByRole('dialog').waitFor();
    await consent(page, 'the buyer wrote to support');
    await page.getByRole('button', { name: 'Show it' }).click();
    await email.waitFor();
    await page.locator('q', { hasText: 'the buyer wrote to support' }).waitFor();
    await page.clock.fastForward(61_000);
    await email.waitFor({ state: 'detached' });
    // Found by email, which stands in no address and in no answer.
    await page.keyboard.press('/');
    await page.keyboard.type(buyer.email);
    await page.keyboard.press('Enter');
    await page.locator(`a[href$="${transactionId}"]`).waitFor();
    expect(page.url()).toBe(`${world.url}/found`);
    expect(await page.getByRole('main').textContent()).not.toContain(buyer.email);
  });

  it('lets one operator at a time walk a queue, and tells the second who does', async () => {
    const [one, other] = [await open(), await open(320)];
    await world.setTiers('failing');
    await world.pay();
    await world.setTiers('well');
    await signIn(one, world.url, 'repair', '/dead-letters?queue=tiers');
    await signIn(other, world.url, 'repair', '/dead-letters?queue=tiers');
    await Promise.all(
      [one, other].map((page) => page.getByRole('button', { name: 'Look', exact: true }).click()),
    );
    const ends = await Promise.all(
      [one, other].map((page) =>
        page
          .getByText(/1 of about 1 seen|goes through it since/)
          .first()
          .textContent(),
      ),
    );
    expect(ends.some((words) => words?.includes('1 of about 1 seen'))).toBe(true);
    expect(await widthOf(other)).toBeLessThanOrEqual(320);
    // Discarded, it is kept, and comes back.
    await one.getByRole('button', { name: 'Discard…' }).click();
    await consent(one, 'a test payment');
    await one.getByRole('button', { name: 'Discard 1 letter of tiers' }).click();
    await one.getByRole('region', { name: 'Jobs' }).getByText('done').waitFor();
    await walkTo(one, '/dead-letters/kept?queue=tiers');
    await one.getByRole('button', { name: 'Restore…' }).click();
    await consent(one, 'it was real');
    await one.getByRole('button', { name: 'Restore it to tiers' }).click();
    await one.getByText('Nothing is kept').waitFor();
  });

  it('loses no letter of a replay that is stopped half way, and tells another browser meanwhile who is at it', async () => {
    const [one, other] = [await open(), await open(360)];
    await world.run.pollers.tiers.pause();
    await world.letters.takeLetters('tiers');
    await world.letters.putLetters('tiers', 200);
    await signIn(one, world.url, 'repair', '/dead-letters?queue=tiers');
    await signIn(other, world.url, 'repair', '/dead-letters?queue=tiers');
    await one.getByRole('button', { name: 'Look', exact: true }).click();
    await one.getByText('200 of about 200 seen').waitFor();
    await one.getByRole('button', { name: 'Replay…' }).first().click();
    await consent(one, 'the table takes writes again');
    // Half way it stands still until it is told to stop.
    const [half, told] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let [batches, saves] = [0, 0];
    world.run.cloud?.intercept(async ({ operation, body }) => {
      if (operation === 'UpdateItem' && JSON.stringify(body).includes('job#')) saves += 1;
      if (operation !== 'DeleteMessageBatch') return undefined;
      batches += 1;
      if (batches > 10) half.resolve();
      if (batches > 10) await told.promise;
      return undefined;
    });
    await one.getByRole('button', { name: 'Replay 200 letters to tiers' }).click();
    await half.promise;
    await other.getByRole('button', { name: 'Look', exact: true }).click();
    await other.getByText('tiers was not read.').waitFor();
    await other.getByText(/repair@example\.com goes through it since/).waitFor();
    const tray = one.getByRole('region', { name: 'Jobs' });
    await tray.getByRole('button', { name: 'Stop' }).click();
    await tray.getByText('stopping').waitFor();
    // The worker hears of it when it next writes how far it is.
    const heard = saves + 2;
    await expect.poll(() => saves).toBeGreaterThanOrEqual(heard);
    told.resolve();
    await tray.getByText('cancelled').waitFor();
    world.run.cloud?.intercept(undefined);
    const { dead, live } = await world.letters.takeLetters('tiers');
    expect([dead + live, dead > 0, live > 0]).toEqual([200, true, true]);
    await tray.getByRole('link').first().click();
    await one.getByText(`${live} moved`).waitFor();
    await world.run.pollers.tiers.resume();
  });

  it('a duplicated tab signs in for itself, and leaves the first one signed in', async () => {
    const page = await open();
    await signIn(page, world.url, 'repair', '/orders');
    await page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor();
    const waiting = page.waitForEvent('popup');
    // With an opener a new tab begins with the first one's session storage, as a duplicated one does.
    await page.evaluate((to) => void window.open(to), `${world.url}/refunds`);
    const copy = await waiting;
    await copy.getByText('This tab is a copy of another one').waitFor();
    await copy.getByRole('button', { name: 'Sign in' }).click();
    await copy.getByRole('button', { name: 'repair@example.com' }).click();
    await copy.getByRole('heading', { name: 'Refunds', level: 1 }).waitFor();
    for (const each of [page, copy, page, copy]) {
      await each.reload();
      await each.getByRole('heading', { level: 1, name: /Orders|Refunds/ }).waitFor();
    }
    await copy.close();
  });

  it('every screen can be read and used by all, in light and dark and at 320 px, and a breach of its policy is noticed', async () => {
    const { transactionId } = await world.pay();
    const page = await open(320);
    await signIn(page, world.url, 'repair');
    const places: [path: string, heading: string][] = [
      ['/', 'Now'],
      ['/orders', 'Orders'],
      [`/orders/${transactionId}`, transactionId],
      ['/dead-letters', 'Dead letters'],
      ['/dead-letters/kept', 'Discarded letters'],
      ['/attention', 'Attention'],
      ['/reconciliation', 'Reconciliation'],
      ['/refunds', 'Refunds'],
      ['/revenue', 'Revenue'],
      ['/health', 'Health'],
      ['/actions', 'Actions'],
    ];
    // The picture of what happens now is a table on a phone.
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByText('none dead').first().waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 900 });
    for (const [path, name] of places) {
      await page.emulateMedia({ colorScheme: 'light' });
      await walkTo(page, path);
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
      // Chromium colours parts of a page a moment after the rest.
      await expect.poll(() => findBarriers(page), { message: path }).toEqual([]);
      expect(await widthOf(page), path).toBeLessThanOrEqual(320);
      // All else is the same in both themes.
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect
        .poll(() => findBarriers(page, 'color-contrast'), { message: `${path} in dark` })
        .toEqual([]);
    }
    const problems = browsing.problemsOf(page);
    expect(problems).toEqual([]);
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
    await expect.poll(() => problems.splice(0).join()).toContain('Content Security Policy');
  });
});

/** Goes to an address of the console as its links do, without loading it anew. */
const walkTo = (page: Page, path: string) =>
  page.evaluate((to) => window.history.pushState(null, '', `/console${to}`), path);

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

/** Presses Tab until the focus is on that control, and then Enter. */
async function pressOn(page: Page, role: string, name: string): Promise<void> {
  const has = () =>
    page.evaluate(
      ([wantedRole, wantedName]) => {
        const active = document.activeElement;
        return active?.matches(wantedRole ?? 'none') && active.textContent?.trim() === wantedName;
      },
      [role, name],
    );
  for (let presses = 0; presses < 80 && !(await has()); presses += 1) {
    await page.keyboard.press('Tab');
  }
  expect(await has(), `the focus is on ${name}`).toBe(true);
  await page.keyboard.press('Enter');
}
