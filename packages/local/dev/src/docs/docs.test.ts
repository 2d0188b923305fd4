import { buildAsyncApi } from '@cloudnestle/api-docs/asyncapi/build-asyncapi';
import { buildOpenApi } from '@cloudnestle/api-docs/openapi/build-openapi';
import { topology } from '@cloudnestle/topology/topology';
import { describe, expect, it } from 'vitest';
import { assetNames } from './assets.ts';
import { createDocs } from './create-docs.ts';

const docs = createDocs();

describe.each(['/docs', '/docs/events'])('%s', (path) => {
  it('loads nothing from elsewhere, and no browser would let it', async () => {
    const page = await docs.request(path);
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const html = await page.text();
    const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(5);
    for (const address of addresses) expect(address).toMatch(/^(\/|#|data:,$)/);
    expect(html).not.toMatch(/<style|<script>| style=| on\w+=/);
  });

  it('finds everything that it loads', async () => {
    const html = await (await docs.request(path)).text();
    const loaded = [...html.matchAll(/(?:src|href)="(\/docs\/[^"]*)"/g)].map(
      ([, each = '']) => each,
    );
    for (const each of loaded) expect((await docs.request(each)).status, each).toBe(200);
  });
});

it('serves the documents as the code has them', async () => {
  const served = async (path: string): Promise<unknown> => (await docs.request(path)).json();
  expect(await served('/docs/openapi.json')).toEqual(JSON.parse(JSON.stringify(buildOpenApi())));
  expect(await served('/docs/asyncapi.json')).toEqual(JSON.parse(JSON.stringify(buildAsyncApi())));
});

it('serves its assets from the packages that are installed', async () => {
  for (const name of assetNames) {
    const asset = await docs.request(`/docs/assets/${name}`);
    expect(asset.headers.get('content-type')).toMatch(/^text\/(css|javascript)/);
    expect((await asset.text()).length, name).toBeGreaterThan(100);
  }
});

it('shows every event with its fields and every queue', async () => {
  const html = await (await docs.request('/docs/events')).text();
  for (const { queue, deadLetterQueue, detailTypes } of topology.subscriptions) {
    expect(html).toContain(`<code>${queue}</code>`);
    expect(html).toContain(`<code>${deadLetterQueue}</code>`);
    for (const detailType of detailTypes) expect(html).toContain(`<h2 id="${detailType}">`);
  }
  for (const field of ['plan.planId', 'instrument.vpa', 'failureReason', 'eventId']) {
    expect(html).toContain(`<code>${field}</code>`);
  }
});
