import * as http from 'node:http';
import { sandboxCredentials } from '@cloudnestle/test-kit/gateway';
import * as z from 'zod';

/** The least that asking about an order can be: its status call on a kept connection. Rejects where it is not answered with 200. */
export async function createBareStatus(
  gatewayUrl: string,
): Promise<(merchantOrderId: string) => Promise<void>> {
  const agent = new http.Agent({ keepAlive: true });
  const authorization = `O-Bearer ${await fetchToken(gatewayUrl)}`;
  return (merchantOrderId) => {
    const path = `/checkout/v2/order/${merchantOrderId}/status?details=true&errorContext=true`;
    return get(`${gatewayUrl}${path}`, agent, { authorization });
  };
}

/** Reads the whole answer, as whoever wants to know what it says must. */
function get(url: string, agent: http.Agent, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent, headers }, (answer) => {
      answer.resume();
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`the gateway answered ${answer.statusCode}`));
      });
    });
    request.once('error', reject);
  });
}

async function fetchToken(gatewayUrl: string): Promise<string> {
  const { clientId, clientSecret, clientVersion } = sandboxCredentials;
  const answer = await fetch(`${gatewayUrl}/v1/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret,
      client_version: clientVersion,
      grant_type: 'client_credentials',
    }),
  });
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
}
