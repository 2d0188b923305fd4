import { commandLine } from '@cloudnestle/operations/words/command-line';
import type { Task } from './tasks.ts';

/** The line that does the same in a terminal. */
export function commandOf(task: Task): string {
  switch (task.kind) {
    case 'look':
      return commandLine(
        'dlq',
        'triage',
        ...(task.queue ? [task.queue] : []),
        ...filterOf(task.filter),
      );
    case 'replay':
      return commandLine(
        'dlq',
        'replay',
        task.queue,
        ...filterOf(task.filter),
        ...option('max', task.max),
        ...option('rate', task.rate),
        ...(task.force ? ['--force'] : []),
      );
    case 'discard':
      return commandLine(
        'dlq',
        'discard',
        task.queue,
        ...filterOf(task.filter),
        ...option('max', task.max),
      );
    case 'restore':
      return commandLine(
        'dlq',
        'restore',
        task.queue,
        ...option('discard', task.ofJob),
        ...option('id', task.messageId),
      );
    case 'reconcile': {
      const what = task.transactionId
        ? [task.transactionId]
        : [...option('from', task.from), ...option('to', task.to)];
      return commandLine('reconcile', ...what, ...(task.repair ? ['--repair'] : []));
    }
    case 'refundOwed':
      return commandLine('refund', '--owed', ...option('max', task.max));
    case 'repair':
      return commandLine('payment', task.transactionId, '--repair');
    case 'resendMail':
      return commandLine('payment', task.transactionId, '--resend-mail');
  }
}

/** The page of `docs/runbooks` that says when. */
export function runbookOf(kind: Task['kind']): string {
  switch (kind) {
    case 'refundOwed':
      return 'money-owed';
    case 'repair':
      return 'user-not-pro';
    case 'resendMail':
      return 'mails-not-delivered';
    case 'reconcile':
      return 'webhook-not-received';
    case 'look':
    case 'replay':
    case 'discard':
    case 'restore':
      return 'dead-letters';
  }
}

function option(name: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [`--${name}`, String(value)];
}

function filterOf(filter: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(filter).flatMap(([name, value]) => option(name, value));
}
