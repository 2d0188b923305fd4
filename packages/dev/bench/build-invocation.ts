import { buildContext, invokeHttp } from '@cloudnestle/test-kit/invoke';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';

/** An invocation of the webhook function as API Gateway makes it. */
export interface Invocation {
  event: APIGatewayProxyEventV2;
  context: Context;
}

/** Takes the event that the test kit makes of a request, so that making it is not part of a measured time. */
export async function buildInvocation(webhook: {
  headers: Record<string, string>;
  body: string;
}): Promise<Invocation> {
  let event: APIGatewayProxyEventV2 | undefined;
  const keep = async (made: APIGatewayProxyEventV2) => {
    event = made;
    return { statusCode: 200 };
  };
  await invokeHttp(keep, { path: '/payments/phonepe-webhook', ...webhook });
  if (!event) throw new Error('the test kit invoked nothing');
  return { event, context: buildContext() };
}
