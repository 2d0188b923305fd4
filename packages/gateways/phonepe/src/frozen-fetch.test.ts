import type { HttpAnswer } from '@cloudnestle/payments/gateway-tools';
import { expect, it } from 'vitest';
import { createCredentialStore } from './credentials.ts';
import { SECRET } from './testing/phonepe-server.ts';
import { createTokenSource } from './token.ts';

const HOUR_MS = 3_600_000;

/**
 * A token source whose fetches are answered by hand and whose clock is moved by hand: a container that is frozen while
 * a fetch is under way. Tokens are named after the fetch that brought them, and live an hour from when they were issued.
 */
function createFrozen() {
  let nowMs = Date.UTC(2025, 10, 23);
  const now = () => new Date(nowMs);
  const fetches: { answer: (answer: HttpAnswer) => void; issuedAt: number }[] = [];
  const source = createTokenSource({
    store: createCredentialStore({ readCredentials: async () => SECRET, now }),
    send: () =>
      new Promise((answer) => {
        fetches.push({ answer, issuedAt: nowMs / 1000 });
      }),
    authUrl: 'http://127.0.0.1:9',
    now,
    random: () => 0,
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const { signal } = new AbortController();
  return {
    settle,
    pass: (ms: number) => {
      nowMs += ms;
    },
    fetches: () => fetches.length,
    /** Answers the fetch of that number, counted from 1. */
    async answer(number: number, status = 200) {
      const fetch = fetches[number - 1];
      const times = { issued_at: fetch?.issuedAt, expires_at: (fetch?.issuedAt ?? 0) + 3600 };
      const body = JSON.stringify({ access_token: `token-${number}`, ...times });
      fetch?.answer({ kind: 'answered', status, body });
      await settle();
    },
    /** Asks for the token at hand, and lets what that begins begin. */
    async current() {
      const answer = source.current(signal);
      await settle();
      return { answer: answer.then((got) => (got.kind === 'token' ? got.token.value : got)) };
    },
    async renew(value: string) {
      const rejected = { value, refreshAtMs: 0, expiresAtMs: 0 };
      const answer = source.renew(rejected, signal);
      await settle();
      return { answer: answer.then((got) => (got.kind === 'token' ? got.token.value : got)) };
    },
  };
}

/** Frozen while a second token is fetched, because the first one is past half its life. */
async function freezeWhileRefreshing() {
  const frozen = createFrozen();
  const { answer } = await frozen.current();
  await frozen.answer(1);
  expect(await answer).toBe('token-1');
  frozen.pass(HOUR_MS / 2 + 1);
  expect(await (await frozen.current()).answer).toBe('token-1');
  expect(frozen.fetches()).toBe(2);
  return frozen;
}

it('a fetch frozen with its container is not waited for by the first call after the thaw', async () => {
  const frozen = await freezeWhileRefreshing();
  frozen.pass(HOUR_MS);
  const { answer } = await frozen.current();
  expect(frozen.fetches()).toBe(3);
  await frozen.answer(3);
  expect(await answer).toBe('token-3');
});

it('a frozen renewal is not waited for either, nor by the next renewal', async () => {
  const frozen = createFrozen();
  const { answer: first } = await frozen.current();
  await frozen.answer(1);
  await first;
  const { answer: frozenRenewal } = await frozen.renew('token-1');
  expect(frozen.fetches()).toBe(2);
  frozen.pass(60_000);
  expect(await (await frozen.current()).answer).toBe('token-1');
  const { answer: renewal } = await frozen.renew('token-1');
  expect(frozen.fetches()).toBe(3);
  await frozen.answer(3);
  expect(await renewal).toBe('token-3');
  await frozen.answer(2);
  expect(await frozenRenewal).toBe('token-2');
  expect(await (await frozen.current()).answer).toBe('token-3');
});

it('a token whose answer was frozen counts its life from when it was asked for', async () => {
  const frozen = await freezeWhileRefreshing();
  frozen.pass(HOUR_MS);
  await frozen.answer(2);
  const { answer } = await frozen.current();
  expect(frozen.fetches()).toBe(3);
  await frozen.answer(3);
  expect(await answer).toBe('token-3');
});

it('a frozen fetch that fails after the thaw keeps no newer one from being made', async () => {
  const frozen = await freezeWhileRefreshing();
  frozen.pass(HOUR_MS);
  const { answer } = await frozen.current();
  await frozen.answer(3);
  await answer;
  await frozen.answer(2, 400);
  frozen.pass(HOUR_MS / 2 + 1);
  await frozen.current();
  expect(frozen.fetches()).toBe(4);
});

it('a fetch within its time is joined', async () => {
  const frozen = await freezeWhileRefreshing();
  frozen.pass(4_999);
  expect(await (await frozen.current()).answer).toBe('token-1');
  expect(frozen.fetches()).toBe(2);
});
