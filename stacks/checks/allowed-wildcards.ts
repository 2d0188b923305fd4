/** A resource that no policy can name further, and why. */
export interface AllowedWildcard {
  actions: readonly string[];
  resource: RegExp;
  reason: string;
}

/** The only wildcards anywhere. */
export const allowedWildcards: readonly AllowedWildcard[] = [
  {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resource: /^arn:aws:logs:[a-z0-9-]+:\d{12}:log-group:\/aws\/lambda\/[a-z0-9-]+:log-stream:\*$/,
    reason:
      'Lambda names the log streams of a function when it starts one; the log group is its own',
  },
  {
    actions: ['events:ListRules', 'ses:GetAccount'],
    resource: /^\*$/,
    reason:
      'AWS knows no resource for these two; they read names of rules and the state of the account',
  },
];
