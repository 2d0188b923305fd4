import { randomUUID } from 'node:crypto';
import { type Answer, buildXmlErrorAnswer } from '../front/answer.ts';
import { AwsError } from '../front/aws-error.ts';

/** Answers STS in the query protocol: GetCallerIdentity, anything else is `InvalidAction`. */
export function answerSts(operation: string, accountId: string): Answer {
  if (operation !== 'GetCallerIdentity') {
    return buildXmlErrorAnswer(
      new AwsError('InvalidAction', `Could not find operation ${operation} for version 2011-06-15`),
    );
  }
  const requestId = randomUUID();
  return {
    status: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body:
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">' +
      `<GetCallerIdentityResult><Arn>arn:aws:iam::${accountId}:root</Arn>` +
      `<UserId>${accountId}</UserId><Account>${accountId}</Account></GetCallerIdentityResult>` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>` +
      '</GetCallerIdentityResponse>',
  };
}
