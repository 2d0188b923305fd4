import { Agent, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import ses from 'aws-ses-v2-local';
import type { Answer } from '../front/answer.ts';
import { checkSesCall } from './check-ses-call.ts';
import { readMessageIds, repairSesAnswer } from './repair-ses-answer.ts';

/** What the SES engine needs to know of a request. */
export type SesRequest = {
  readonly method: string;
  readonly url: string;
  readonly contentType?: string | undefined;
  readonly body?: Buffer;
};

/** An SES engine behind a loopback port of its own. */
export type SesBackend = {
  /** Answers an API call, with AWS's error names. */
  perform(operation: string, request: SesRequest): Promise<Answer>;
  /** Passes a request to the engine as it is. */
  answer(request: SesRequest): Promise<Answer>;
  /** Message ids of the mails sent through this backend. */
  readonly sentIds: Set<string>;
  stop(): Promise<void>;
};

// Under Node the default import of this CommonJS package is its exports object, under vitest the
// function itself.
const startServer = typeof ses === 'function' ? ses : ses.default;

/** The engine keeps one store for all of its servers in a process: the last one to stop empties it. */
let running = 0;

/** Starts aws-ses-v2-local. Its mails live in the process and are gone with it. */
export async function startSes(): Promise<SesBackend> {
  const server = await startServer({ host: '127.0.0.1', port: 0 });
  // A connection that closes just as it is reused would look like a mail with unknown outcome.
  server.keepAliveTimeout = 0;
  const agent = new Agent({ keepAlive: true });
  const port = readPort(server);
  const sentIds = new Set<string>();
  const answer = (request: SesRequest) => forward(agent, port, request);
  running += 1;
  return {
    perform: async (operation, request) => {
      checkSesCall(operation, request.body);
      const answered = repairSesAnswer(await answer(request));
      for (const id of readMessageIds(answered)) sentIds.add(id);
      return answered;
    },
    answer,
    sentIds,
    stop: async () => {
      running -= 1;
      if (running === 0) await answer({ method: 'POST', url: '/clear-store' });
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function forward(agent: Agent, port: number, request: SesRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        agent,
        host: '127.0.0.1',
        port,
        method: request.method,
        path: request.url,
        headers: {
          authorization: 'AWS4-HMAC-SHA256',
          'content-type': request.contentType ?? 'application/json',
          'content-length': request.body?.length ?? 0,
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 500,
            headers: { 'content-type': incoming.headers['content-type'] ?? 'application/json' },
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(request.body);
  });
}

function readPort(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The local SES server did not get a port');
  }
  return address.port;
}
