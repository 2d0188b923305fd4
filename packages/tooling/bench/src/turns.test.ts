import { expect, test } from 'vitest';
import { takeTurns } from './turns.ts';

test('each side goes first in every other round, and the answers keep their places', async () => {
  const order: string[] = [];
  const side = (name: string) => async () => {
    order.push(name);
    return name;
  };
  for (const round of [-1, 0, 1]) {
    expect(await takeTurns(round, side('own'), side('bare'))).toEqual(['own', 'bare']);
  }
  expect(order).toEqual(['bare', 'own', 'own', 'bare', 'bare', 'own']);
});
