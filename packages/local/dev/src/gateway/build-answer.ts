import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** The HTTP answer an HTTP API makes of a function's result (API Gateway, payload format 2.0). */
export function buildAnswer(result: APIGatewayProxyStructuredResultV2): Response {
  const { statusCode = 200, headers = {}, body, isBase64Encoded, cookies = [] } = result;
  const answer = new Headers({ 'content-type': 'application/json' });
  for (const [name, value] of Object.entries(headers)) answer.set(name, String(value));
  for (const cookie of cookies) answer.append('set-cookie', cookie);
  const content = isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? null);
  return new Response(content, { status: statusCode, headers: answer });
}
