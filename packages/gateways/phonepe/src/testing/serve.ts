import * as http from 'node:http';

export interface Received {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A body with a status, or a function that does with the connection what it likes. */
export type Reply = { status?: number; body?: unknown } | ((response: http.ServerResponse) => void);

export interface TestServer {
  url: string;
  received: Received[];
  /** Connections opened so far. */
  connections: number;
  close(): Promise<void>;
}

/** A real HTTP server on a free port; strings are sent as they are, everything else as JSON. */
export async function serve(answer: (request: Received) => Reply): Promise<TestServer> {
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const call = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
      received.push(call);
      const reply = answer(call);
      if (typeof reply === 'function') return reply(response);
      const { status = 200, body = {} } = reply;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  const running: TestServer = {
    url: '',
    received,
    connections: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  server.on('connection', () => {
    running.connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  running.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return running;
}

/** Faults of a connection. */
export const hang: Reply = () => {};
export const reset: Reply = (response) => void response.socket?.resetAndDestroy();
export const breakOff: Reply = (response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"orderId":');
  setImmediate(() => response.socket?.destroy());
};
export const endless: Reply = (response) => {
  response.writeHead(200);
  const chunk = 'x'.repeat(65_536);
  const send = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', send);
  send();
};
