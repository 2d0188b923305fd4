import { buildContext, invokeHttp } from '@cloudnestle/runtime/testing/invoke';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';

/** An invocation of an HTTP function as API Gateway makes it. */
export interface Invocation {
  event: APIGatewayProxyEventV2;
  context: Context;
}

/** Takes the event that the test kit makes of a request, so that making it is not part of a measured time. */
export async function buildInvocation({
  path = '/payments/phonepe-webhook',
  headers,
  body,
}: {
  /** Default: the webhook's. */
  path?: string;
  headers?: Record<string, string>;
  body: string;
}): Promise<Invocation> {
  let event: APIGatewayProxyEventV2 | undefined;
  const keep = async (made: APIGatewayProxyEventV2) => {
    event = made;
    return { statusCode: 200 };
  };
  await invokeHttp(keep, { path, body, ...(headers ? { headers } : {}) });
  if (!event) throw new Error('the test kit invoked nothing');
  return { event, context: buildContext() };
}
