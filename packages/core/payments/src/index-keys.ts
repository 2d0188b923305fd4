import { createHash } from 'node:crypto';
import { istDay } from './ist.ts';

const MINUTE_MS = 60_000;

/** PhonePe's polling schedule for a young order starts 20 to 25 seconds in. */
const FIRST_LOOK_MS = 25_000;
/** When a completed order's effects are looked at for the first time. */
const EFFECTS_LOOK_MS = 5 * MINUTE_MS;
/** An expired order is asked again after its expiry: money can come late. */
const LATE_MONEY_LOOK_MS = 60 * MINUTE_MS;

/** Key of the sparse index of open orders; sorted there by `nextCheckAt`. */
export function openShardOf(transactionId: string, shardCount: number): string {
  return `OPEN#${shardOf(transactionId, shardCount)}`;
}

/** Every key of the index of open orders. */
export function openShardKeys(shardCount: number): string[] {
  return Array.from({ length: shardCount }, (_, shard) => `OPEN#${shard}`);
}

/** Key of the sparse index of orders that need a person; sorted there by `attentionSince`. */
export function attentionShardOf(transactionId: string, shardCount: number): string {
  return `ATTENTION#${shardOf(transactionId, shardCount)}`;
}

/** Every key of the index of orders that need a person. */
export function attentionShardKeys(shardCount: number): string[] {
  return Array.from({ length: shardCount }, (_, shard) => `ATTENTION#${shard}`);
}

/** Key of the index by IST day of creation. */
export function dayShardOf(transactionId: string, createdAt: Date, shardCount: number): string {
  return `${istDay(createdAt)}#${shardOf(transactionId, shardCount)}`;
}

/** Every key of one day in that index. */
export function dayShardKeys(day: string, shardCount: number): string[] {
  return Array.from({ length: shardCount }, (_, shard) => `${day}#${shard}`);
}

export function firstCheckAt(createdAt: Date): string {
  return new Date(createdAt.getTime() + FIRST_LOOK_MS).toISOString();
}

export function firstEffectsCheckAt(completedAt: Date): string {
  return new Date(completedAt.getTime() + EFFECTS_LOOK_MS).toISOString();
}

export function firstLateMoneyCheckAt(expiresAt: Date): string {
  return new Date(expiresAt.getTime() + LATE_MONEY_LOOK_MS).toISOString();
}

function shardOf(transactionId: string, shardCount: number): number {
  return createHash('sha256').update(transactionId).digest().readUInt32BE(0) % shardCount;
}
