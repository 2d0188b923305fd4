import { test } from 'vitest';
import { startTestCloud } from './cloud.ts';
import { startTestGateway } from './gateway.ts';

/**
 * A test with `cloud`: AWS with the topology on it. It starts with the first test of a file that asks for it, is the same
 * for all tests of that file, and is stopped at the file's end. It is pointed at by this process's SDK environment.
 */
// biome-ignore lint/correctness/noEmptyPattern: vitest reads from this pattern what a fixture needs.
export const cloudTest = test.extend('cloud', { scope: 'file' }, async ({}, { onCleanup }) => {
  const cloud = await startTestCloud();
  onCleanup(cloud.stop);
  return cloud;
});

/** A test with `cloud` and `gateway`: the payment gateway's sandbox, for the file as well, its credentials in the cloud. */
export const gatewayTest = cloudTest.extend(
  'gateway',
  { scope: 'file' },
  async ({ cloud }, { onCleanup }) => {
    const gateway = await startTestGateway(cloud);
    onCleanup(() => gateway.close());
    return gateway;
  },
);
