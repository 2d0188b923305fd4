import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import * as z from 'zod';

/** The answer of fauxqs to a request that never crossed a socket. */
export type InjectedAnswer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly payload: string;
};

type Inject = (request: {
  method: 'POST';
  url: string;
  headers: Record<string, string>;
  payload: Buffer | string;
}) => Promise<InjectedAnswer>;

/**
 * Starts fauxqs without a port and returns the way to call it in-process.
 *
 * fauxqs itself listens on every network interface and offers no way to its Fastify instance;
 * Fastify announces each instance on a diagnostics channel, where its listening is replaced by
 * being ready.
 */
export async function startFauxqsInProcess(options: {
  readonly region: string;
  readonly dataDir: string | undefined;
}): Promise<{ server: FauxqsServer; inject: Inject }> {
  const found: { app?: FastifyLike } = {};
  const onInstance = (message: unknown) => {
    found.app = announcement.parse(message).fastify;
    const { app } = found;
    app.listen = async () => {
      await app.ready();
      return 'http://127.0.0.1:0';
    };
  };
  subscribe('fastify.initialization', onInstance);
  // The instance is made before startFauxqs first yields, so no other instance is caught.
  const starting = startFauxqs({
    port: 0,
    logger: false,
    defaultRegion: options.region,
    ...(options.dataDir !== undefined && { dataDir: options.dataDir }),
  });
  unsubscribe('fastify.initialization', onInstance);
  const server = await starting;
  const { app } = found;
  if (!app) throw new Error('fauxqs did not announce its Fastify instance');
  return { server, inject: (request) => app.inject(request) };
}

type FastifyLike = {
  listen: () => Promise<string>;
  ready: () => PromiseLike<unknown>;
  inject: Inject;
};

const announcement = z.object({
  fastify: z.custom<FastifyLike>(
    (value) =>
      typeof value === 'object' && value !== null && 'inject' in value && 'listen' in value,
  ),
});
