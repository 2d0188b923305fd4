import { endOf } from '@cloudnestle/operations/actions/keep-action';
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
  try {
    const result = await work();
    await desk.actions.end(actionId, 'DONE');
    return result;
  } catch (error) {
    // What is thrown is the news.
    const end = isCallersFault(error) ? 'REFUSED' : endOf(error);
    await desk.actions.end(actionId, end).catch(() => undefined);
    throw error;
  }
}
