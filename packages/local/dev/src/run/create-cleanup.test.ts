import { expect, test } from 'vitest';
import { createCleanup } from './create-cleanup.ts';

test('everything is undone, last thing first, once, and even if one thing fails', async () => {
  const cleanup = createCleanup();
  const undone: string[] = [];
  cleanup.add(() => void undone.push('first'));
  cleanup.add(async () => {
    undone.push('second');
    throw new Error('stuck');
  });
  cleanup.add(() => void undone.push('third'));

  await expect(Promise.all([cleanup.run(), cleanup.run()])).rejects.toThrow('stuck');
  expect(undone).toEqual(['third', 'second', 'first']);
});
