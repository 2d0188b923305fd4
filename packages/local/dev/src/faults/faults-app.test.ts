import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { forEachSubscriber } from '@cloudnestle/topology/subscribers';
import { expect, it } from 'vitest';
import { createFaults } from './create-faults.ts';
import { createFaultsApp } from './faults-app.ts';

function startFaults() {
  const told: string[] = [];
  const controls = forEachSubscriber((name) => ({
    pause: async () => {
      told.push(`pause ${name}`);
    },
    resume: () => {
      told.push(`resume ${name}`);
    },
  }));
  const faults = createFaults({
    environmentOf: () => ({}),
    platformOf: () => createFakePlatform(),
    controls: Promise.resolve(controls),
  });
  const app = createFaultsApp(faults);
  const post = (body: unknown) =>
    app.request('/dev/faults', { method: 'POST', body: JSON.stringify(body) });
  return { app, post, told };
}

it('breaks the one subscriber that is named, and mends it', async () => {
  const { app, post, told } = startFaults();
  expect((await post({ subscriber: 'tiers', mode: 'off' })).status).toBe(200);
  const { subscribers } = Object(await (await app.request('/dev/faults')).json());
  expect(subscribers).toMatchObject({ tiers: 'off', entitlements: 'well' });
  await post({ subscriber: 'tiers', mode: 'failing' });
  await post({ subscriber: 'tiers', mode: 'well' });
  expect(told).toEqual(['pause tiers', 'resume tiers', 'resume tiers']);
});

it.each([{}, { subscriber: 'webhook', mode: 'off' }, { subscriber: 'tiers', mode: 'slow' }, 'x'])(
  'says what it takes instead of %o',
  async (body) => {
    const { post, told } = startFaults();
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ message: expect.stringContaining('one of tiers, ') });
    expect(told).toEqual([]);
  },
);
