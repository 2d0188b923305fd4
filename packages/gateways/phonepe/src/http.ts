import * as http from 'node:http';
import * as https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpAnswer, SendRequest } from '@cloudnestle/payments/gateway-tools';
import * as z from 'zod';
import { optionalText, parseJsonKeepingDigits } from './lenient.ts';

/** An answer larger than this is not one of PhonePe's. */
const MAX_BODY_BYTES = 1_048_576;
const MAX_SOCKETS = 64;
const IDLE_SOCKET_MS = 20_000;

/**
 * One HTTP exchange over node:http(s): redirects are not followed, bodies are bounded, and nothing is thrown. Reasons
 * are error codes, never addresses or contents.
 */
export function createSendRequest(): SendRequest {
  const pools = { http: createPool(http.Agent), https: createPool(https.Agent) };
  return (request, signal) =>
    new Promise((resolve) => {
      try {
        const secure = request.url.startsWith('https:');
        const agent = pools[secure ? 'https' : 'http'][request.connection];
        const { method, headers } = request;
        const open = secure ? https.request : http.request;
        const outgoing = open(request.url, { method, headers, agent, signal });
        settle(outgoing, secure, resolve);
        outgoing.end(request.body);
      } catch (error) {
        resolve({ kind: 'failed', mayHaveArrived: false, reason: nameOf(error) });
      }
    });
}

function createPool<A extends http.Agent>(Agent: new (options: http.AgentOptions) => A) {
  return {
    kept: new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS, timeout: IDLE_SOCKET_MS }),
    fresh: new Agent({ keepAlive: false, maxSockets: MAX_SOCKETS }),
  };
}

function settle(
  outgoing: http.ClientRequest,
  secure: boolean,
  resolve: (answer: HttpAnswer) => void,
): void {
  let connected = false;
  const fail = (reason: string) => resolve({ kind: 'failed', mayHaveArrived: connected, reason });
  outgoing.once('socket', (socket) => {
    connected = !socket.connecting;
    if (connected) return;
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      connected = true;
    });
  });
  outgoing.once('response', (incoming) => collect(outgoing, incoming, resolve, fail));
  outgoing.on('error', (error) => fail(nameOf(error)));
  outgoing.once('close', () => fail('connection closed'));
}

function collect(
  outgoing: http.ClientRequest,
  incoming: http.IncomingMessage,
  resolve: (answer: HttpAnswer) => void,
  fail: (reason: string) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size <= MAX_BODY_BYTES) return;
    fail('answer too large');
    outgoing.destroy();
  });
  incoming.once('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    resolve({ kind: 'answered', status: incoming.statusCode ?? 0, body });
  });
  incoming.on('error', (error) => fail(nameOf(error)));
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  if (error.name === 'AbortError') return 'timed out';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

const MAX_TRIES = 3;
const FIRST_DELAY_MS = 100;
const TRY_LATER_STATUSES = new Set([408, 429]);

/**
 * Sends up to three times where a try failed or PhonePe said to come back (408, 429, 5xx), with a random pause of up
 * to 100, then 200 ms ("full jitter"), within the signal's time. Only for calls that may be executed twice.
 */
export async function sendRepeatedly(
  send: () => Promise<HttpAnswer>,
  { random, signal }: { random: () => number; signal: AbortSignal },
): Promise<HttpAnswer> {
  let answer = await send();
  for (let tries = 1; tries < MAX_TRIES && isWorthRepeating(answer); tries++) {
    const delayMs = random() * FIRST_DELAY_MS * 2 ** (tries - 1);
    const slept = await sleep(delayMs, true, { signal }).catch(() => false);
    if (!slept) return answer;
    answer = await send();
  }
  return answer;
}

function isWorthRepeating(answer: HttpAnswer): boolean {
  return answer.kind === 'failed' || isTryLater(answer.status);
}

/** The answer says nothing about the question, only that now is not the time. */
export function isTryLater(status: number): boolean {
  return status >= 500 || TRY_LATER_STATUSES.has(status);
}

const errorSchema = z.object({
  code: optionalText,
  errorCode: optionalText,
  detailedErrorCode: optionalText,
  context: z
    .object({ errorCode: optionalText, detailedErrorCode: optionalText })
    .optional()
    .catch(undefined),
});
/** Codes go into log lines: words and numbers only, so that a page or a message never gets there. */
const CODE = /^[\w ./-]{1,64}$/;

/** PhonePe's word for an error: from `{code}` or `{errorCode}`, or a bare string; else `HTTP_` and the status. */
export function readErrorCode(body: string, status: number): string {
  return readErrorCodes(body, status).code;
}

/** The same, and the more exact word where there is one. */
export function readErrorCodes(
  body: string,
  status: number,
): { code: string; detailedCode?: string } {
  const json = parseJsonKeepingDigits(body);
  const parsed = errorSchema.safeParse(json);
  const bare = typeof json === 'string' ? json : body.trim();
  const { data } = parsed;
  const code = toCode(data ? (data.code ?? data.errorCode) : bare);
  const detailedCode = toCode(
    data?.detailedErrorCode ??
      data?.context?.detailedErrorCode ??
      data?.context?.errorCode ??
      (data?.code ? data.errorCode : undefined),
  );
  return { code: code ?? `HTTP_${status}`, ...(detailedCode ? { detailedCode } : {}) };
}

function toCode(said: string | undefined): string | undefined {
  return said !== undefined && CODE.test(said) ? said : undefined;
}
