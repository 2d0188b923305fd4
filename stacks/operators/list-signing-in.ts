import { terminalSignIn } from '@cloudnestle/topology/terminal-sign-in';
import type { Admins } from '../admins.ts';
import type { Statement } from './statement.ts';

/** What `payments token` calls, so that an admin gets a token in a terminal. It still takes that admin's password. */
export function listSigningIn({ terminal }: Admins): Statement[] {
  if (terminal === undefined) return [];
  return [
    {
      sid: 'SignInAsAdmin',
      actions: [...terminalSignIn.actions],
      resources: [terminal.userPoolArn],
    },
  ];
}
