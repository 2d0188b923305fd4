import type { ActionEnd } from '@cloudnestle/operations/actions/action-log';
import { endOf } from '@cloudnestle/operations/actions/keep-action';
import { describeError } from '@cloudnestle/runtime/errors';
import { isCallersFault } from '@cloudnestle/runtime/http/errors';
import type { Call } from './call.ts';
import { requireConsent } from './consent.ts';

interface ChangeAbout {
  /** The action's name, the command line's: `attention resolve`. */
  what: string;
  transactionId: string;
  target: Readonly<Record<string, string | number | boolean>>;
}

/**
 * A change that is made while its operator waits. It is written down before it begins, so that nothing is done without a trace,
 * and how it ended afterwards.
 */
export async function makeChange<Result>(
  { desk, operator }: Call,
  consent: { reason: string; stage?: string | undefined },
  { what, transactionId, target }: ChangeAbout,
  work: () => Promise<Result>,
): Promise<Result> {
  requireConsent(desk, consent);
  const actionId = desk.platform.newId();
  await desk.actions.write({
    ...{ actionId, what, transactionId, target: { ...target } },
    actor: 'console',
    by: operator.name,
    subject: operator.subject,
    why: consent.reason,
    outcome: 'BEGUN',
  });
  // What was done stands, and what was thrown is the news: an entry that stays BEGUN says no more than is known.
  const end = (outcome: ActionEnd) =>
    desk.actions.end(actionId, outcome).catch((error: unknown) => {
      desk.platform.log.warn('an action could not be ended', { reason: describeError(error) });
    });
  try {
    const result = await work();
    await end('DONE');
    return result;
  } catch (error) {
    await end(isCallersFault(error) ? 'REFUSED' : endOf(error));
    throw error;
  }
}
