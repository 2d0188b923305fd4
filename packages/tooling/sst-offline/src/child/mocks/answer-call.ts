import type { Inputs } from '../pulumi.ts';
import { ACCOUNT, buildArn } from './arn.ts';
import { toPolicyDocument } from './to-policy-document.ts';

/** What AWS's provider answers when a program asks it something; undefined for what nobody stands in for. */
export function answerCall(token: string, inputs: Inputs, region: string): Inputs | undefined {
  switch (token) {
    case 'aws:index/getRegion:getRegion':
      return { id: region, name: region, region, description: region };
    case 'aws:index/getCallerIdentity:getCallerIdentity':
      return {
        id: ACCOUNT,
        accountId: ACCOUNT,
        arn: buildArn('iam', '', 'user/offline'),
        userId: 'offline',
      };
    case 'aws:index/getPartition:getPartition':
      return {
        id: 'aws',
        partition: 'aws',
        dnsSuffix: 'amazonaws.com',
        reverseDnsPrefix: 'com.amazonaws',
      };
    case 'aws:secretsmanager/getSecret:getSecret': {
      const arn = buildArn('secretsmanager', region, `secret:${String(inputs.name)}-AbCdEf`);
      return { ...inputs, id: arn, arn };
    }
    case 'aws:iam/getPolicyDocument:getPolicyDocument':
      return toPolicyDocument(inputs);
    default:
      return undefined;
  }
}
