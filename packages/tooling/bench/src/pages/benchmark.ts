import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type LocalRun, startLocalRun } from '@cloudnestle/dev/start';
import { buildInto, buildPages } from '@cloudnestle/pages/build-pages';
import { sumWeights, weighAssets } from '@cloudnestle/pages/weigh-assets';
import { wrapInEnvelope } from '@cloudnestle/runtime/testing/invoke';
import { findChromium, type Page, startBrowser } from '@cloudnestle/test-kit/browser';
import { sampleCompleted, sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import type { BenchmarkOptions, Findings, Measure } from '../benchmark.ts';
import { checkOut, seedBuyers } from '../local-run.ts';
import { median, spreadOfRatios } from '../statistics.ts';
import { serveFolder } from './serve-folder.ts';
import { type Load, prepareLoads, timeLoad } from './time-load.ts';

const emptyPage = join(import.meta.dirname, '../../../../web/storefront/test/empty-page');
const ORDERS = 20;
const LETTERS = 1000;
const BATCH = 10;

/** Sizes of the shop and of the console, and when a browser shows them, beside a page of React alone that the same Vite has built. */
export async function measurePages({ quick, progress }: BenchmarkOptions): Promise<Findings> {
  if (!findChromium()) {
    return {
      measures: [],
      notes: ['SKIPPED, no Chromium: get one with `node tools/chromium.mjs`.'],
    };
  }
  const folder = await mkdtemp(join(tmpdir(), 'empty-page-'));
  const run = await startLocalRun({ log: () => undefined, pages: 'at once', schedules: 'by hand' });
  const browser = await startBrowser();
  try {
    await buildInto(emptyPage, folder);
    const empty = await serveFolder(folder);
    await fill(run);
    const open = async () => (await browser.open()).page;
    const operators = [await open(), await open()] as const;
    for (const page of operators) await signIn(page, run);
    const look = await lookAtLetters(operators[1], run);
    const sides = {
      empty: { page: await open(), url: empty.url, landmark: { selector: 'button' } },
      shop: { page: await open(), url: run.url, landmark: { selector: '.plan a.button' } },
      orders: {
        page: operators[0],
        url: `${run.url}/console/orders`,
        landmark: { selector: 'tr[data-row]' },
      },
      letters: {
        page: operators[1],
        url: look,
        landmark: {
          selector: 'a[data-row-link][href*="letter="]',
          ...{ count: LETTERS, more: 'More letters' },
        },
      },
    };
    for (const { page, landmark } of Object.values(sides)) await prepareLoads(page, landmark);
    const rounds = quick ? 3 : 15;
    const loads: Record<keyof typeof sides, Load>[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const load = {
        empty: await timeLoad(sides.empty.page, sides.empty.url),
        shop: await timeLoad(sides.shop.page, sides.shop.url),
        orders: await timeLoad(sides.orders.page, sides.orders.url),
        letters: await timeLoad(sides.letters.page, sides.letters.url),
      };
      // The first round only warms the server up.
      if (round >= 0) loads.push(load);
      progress((round + 2) / (rounds + 1));
    }
    await empty.stop();
    const sizes = {
      empty: await sizeOf(folder),
      shop: await sizeOf(await buildPages('storefront')),
      console: await sizeOf(await buildPages('console')),
    };
    const compare = (what: string, pick: (load: (typeof loads)[number]) => [number, number]) =>
      compareTimes(what, loads.map(pick));
    return {
      measures: [
        compareSizes('shop: scripts and styles, gz', sizes.shop, sizes.empty),
        compareSizes('console, all screens: scripts and styles, gz', sizes.console, sizes.empty),
        compare('shop: first paint', ({ shop, empty: bare }) => [shop.paintMs, bare.paintMs]),
        compare('shop: a plan can be clicked', ({ shop, empty: bare }) => [
          shop.thereMs,
          bare.thereMs,
        ]),
        compare('console: first paint', ({ orders, empty: bare }) => [
          orders.paintMs,
          bare.paintMs,
        ]),
        compare('console: first row of Orders on screen', ({ orders, empty: bare }) => [
          orders.thereMs,
          bare.thereMs,
        ]),
        compare(`console: ${LETTERS} letters on screen`, ({ letters, empty: bare }) => [
          letters.thereMs,
          bare.thereMs,
        ]),
      ],
      notes: [
        `median of ${rounds} loads of each in turn, in one browser without its cache, from the start of the navigation; bare: one button, built by the same Vite, and its first paint and its button; shop and console on a local run in this process, with its calls: plans, sign-in by the session's refresh token, ${ORDERS} orders, and ${LETTERS} letters that come in 20 answers, each asked for when the one before is on screen.`,
      ],
    };
  } finally {
    await browser.close();
    await run.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Kilobytes (1,000 bytes) of scripts and styles in a built page, gzipped. */
async function sizeOf(folder: string): Promise<number> {
  return sumWeights(await weighAssets(folder)) / 1000;
}

/** Orders for the list, and letters of tiers that are dead. */
async function fill(run: LocalRun): Promise<void> {
  const dynamo = new DynamoDBClient({});
  const buyers = await seedBuyers(run, DynamoDBDocumentClient.from(dynamo), ORDERS);
  for (const buyer of buyers) await checkOut(run, buyer);
  dynamo.destroy();
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const QueueUrl = run.provisioned.queues.tiers?.deadLetterUrl;
  for (let sent = 0; sent < LETTERS; sent += BATCH) {
    const Entries = Array.from({ length: BATCH }, (_, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify(buildLetter(sent + index)),
    }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
  sqs.destroy();
  await run.idle();
}

function buildLetter(index: number) {
  const completedAt = new Date().toISOString();
  const row = sampleRow({ userId: `payer-${index}`, status: 'COMPLETED', completedAt });
  return wrapInEnvelope(sampleCompleted(sampleOrder(row), completedAt));
}

async function signIn(page: Page, run: LocalRun): Promise<void> {
  await page.goto(`${run.url}/console/`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'repair@example.com' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** Has an operator look at the dead letters; the address of what was seen. */
async function lookAtLetters(page: Page, run: LocalRun): Promise<string> {
  await page.goto(`${run.url}/console/dead-letters?queue=tiers`);
  await page.getByRole('button', { name: 'Look', exact: true }).click();
  await page.getByRole('button', { name: 'More letters' }).waitFor();
  return page.url();
}

function compareTimes(what: string, pairs: readonly [number, number][]): Measure {
  return {
    ...{ what, unit: 'ms', ratio: spreadOfRatios(pairs) },
    measured: median(pairs.map(([measured]) => measured)),
    baseline: median(pairs.map(([, baseline]) => baseline)),
  };
}

function compareSizes(what: string, measured: number, baseline: number): Measure {
  const ratio = measured / baseline;
  const spread = { median: ratio, low: ratio, high: ratio };
  return { ...{ what, unit: 'KB', measured, baseline }, ratio: spread };
}
