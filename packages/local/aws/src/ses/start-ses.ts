import { Agent, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import ses from 'aws-ses-v2-local';
import * as z from 'zod';
import { type Answer, buildErrorAnswer } from '../front/answer.ts';
import { AwsError } from '../front/aws-error.ts';
import { parseJson } from '../front/operation.ts';

/** What the SES engine needs to know of a request. */
type SesRequest = {
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
  /** The epoch second in which the first mail was sent since the last call; undefined without a mail. */
  takeUnreadSecond(): number | undefined;
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
  let unreadSecond: number | undefined;
  const answer = (request: SesRequest) => forward(agent, port, request);
  running += 1;
  return {
    perform: async (operation, request) => {
      checkSesCall(operation, request.body);
      const second = Math.floor(Date.now() / 1000);
      const answered = repairSesAnswer(await answer(request));
      for (const id of readMessageIds(answered)) {
        sentIds.add(id);
        unreadSecond = Math.min(second, unreadSecond ?? second);
      }
      return answered;
    },
    answer,
    sentIds,
    takeUnreadSecond: () => {
      const second = unreadSecond;
      unreadSecond = undefined;
      return second;
    },
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

/**
 * Refuses what the engine would take although SES does not: operations it does not know, mails
 * without a recipient, addresses without a domain.
 */
function checkSesCall(operation: string, body: Buffer | undefined): void {
  if (operation === 'Unknown') {
    throw new AwsError(
      'UnknownOperationException',
      'This SES v2 operation is not supported here',
      404,
    );
  }
  if (operation !== 'SendEmail') return;
  const input = sendEmailInput.safeParse(JSON.parse(body?.toString() || '{}'));
  if (!input.success) throw badRequest('The request is not a SendEmail input');
  const { Destination, Content } = input.data;
  const recipients = Object.values(Destination ?? {}).flatMap((addresses) => addresses ?? []);
  if (recipients.length === 0 && !Content.Raw) throw badRequest('At least one recipient is needed');
  if (recipients.length > MAX_RECIPIENTS) {
    throw badRequest(`Recipient count exceeds ${MAX_RECIPIENTS}.`);
  }
  if (!recipients.every((address) => /@[^@\s>]+>?$/.test(address.trim()))) {
    throw badRequest("Missing final '@domain'");
  }
}

/** SES's own limit for one mail. */
const MAX_RECIPIENTS = 50;

const addresses = z.array(z.string()).nullish();

const sendEmailInput = z.object({
  Content: z.object({ Raw: z.unknown().optional() }),
  Destination: z
    .object({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses })
    .nullish(),
});

function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', message);
}

/** Gives the engine's errors a name and a body that SDKs can read; other answers stay. */
function repairSesAnswer(answer: Answer): Answer {
  if (answer.status < 400) return answer;
  const error = readError(answer.body.toString());
  const byStatus = answer.status === 404 ? 'NotFoundException' : 'BadRequestException';
  return buildErrorAnswer(
    'ses',
    new AwsError(error.type ?? byStatus, error.detail ?? error.message, answer.status),
  );
}

/** The message ids in the answer of SendEmail or SendBulkEmail. */
function readMessageIds(answer: Answer): readonly string[] {
  if (answer.status !== 200) return [];
  const sent = sentAnswer.safeParse(parseJson(answer.body.toString()));
  if (!sent.success) return [];
  const { MessageId, BulkEmailEntryResults = [] } = sent.data;
  const ids = [MessageId, ...BulkEmailEntryResults.map((result) => result.MessageId)];
  return ids.filter((id) => id !== undefined);
}

const sentAnswer = z.object({
  MessageId: z.string().optional(),
  BulkEmailEntryResults: z.array(z.object({ MessageId: z.string().optional() })).optional(),
});

const engineError = z.object({
  type: z.string().optional(),
  message: z.string().catch('Bad Request Exception'),
  detail: z.string().optional(),
});

function readError(body: string): z.infer<typeof engineError> {
  const error = engineError.safeParse(parseJson(body));
  return error.success ? error.data : { message: 'The request was refused' };
}
