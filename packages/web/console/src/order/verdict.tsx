import type {
  PaymentLettersResponse,
  PaymentResponse,
  VerdictView,
} from '@cloudnestle/contracts/admin/payment';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { toTrouble } from '../api/trouble.ts';
import { useConsole } from '../app/console.tsx';
import { countDead } from '../letters/use-queues.ts';
import { Badge, Button, type Tone, ToneIcon } from '../parts/basics.tsx';
import { Handrail } from '../parts/command.tsx';
import { TroubleNote } from '../parts/loaded.tsx';
import styles from './order.module.css';
import { RepairButton } from './repair-button.tsx';

const kinds: Readonly<Record<VerdictView['kind'], { tone: Tone; word: string }>> = {
  consistent: { tone: 'good', word: 'Everything agrees' },
  waiting: { tone: 'wait', word: 'Something is still to come' },
  repairable: { tone: 'bad', word: 'Broken, and can be repaired' },
  person: { tone: 'warn', word: 'An operator has to decide' },
  unknown: { tone: 'warn', word: 'Only the gateway knows' },
};

/** An agreement that is not certain is none yet. */
function describeVerdict({ kind, isCertain }: VerdictView): { tone: Tone; word: string } {
  return kind === 'consistent' && !isCertain
    ? { tone: 'wait', word: 'Everything agrees, as far as was looked' }
    : kinds[kind];
}

/** What is to be said of the order, and the one thing to do about it. */
export function Verdict({ payment }: { payment: PaymentResponse }): ReactNode {
  const { api } = useConsole();
  const { transactionId } = payment.order;
  // What the letters told holds while the order stands as it did then. Counts of queues do not matter: looking changes them.
  const standing = `${transactionId} ${payment.order.status} ${payment.verdict.kind}`;
  const [seen, setSeen] = useState<{ of: string; letters: PaymentLettersResponse }>();
  const look = useMutation({
    mutationFn: () => api('paymentLetters', { path: { transactionId } }),
    onSuccess: (letters) => setSeen({ of: standing, letters }),
  });
  const letters = seen?.of === standing ? seen.letters : undefined;
  const { verdict, repair } = letters ?? payment;
  const { tone, word } = describeVerdict(verdict);
  const dead = countDead(payment.queues);
  return (
    <section className={styles.verdict} data-tone={tone} aria-label="Verdict">
      <div className={styles.verdictHead}>
        <h2>
          <ToneIcon tone={tone} size={17} />
          {word}
        </h2>
        {!verdict.isCertain && <Badge tone="warn">uncertain</Badge>}
        <RepairButton payment={payment} repair={repair} />
      </div>
      <ul className={styles.findings}>
        {verdict.findings.map((finding) => (
          <li key={finding}>{finding}</li>
        ))}
      </ul>
      {dead > 0 && !letters && (
        <p>
          <Button
            aria-busy={look.isPending}
            aria-disabled={look.isPending}
            onClick={() => !look.isPending && look.mutate()}
            title="Looking receives the letters, and hides them from others for a minute"
          >
            {look.isPending ? 'Looking…' : 'Look for this order’s dead letters'}
          </Button>
        </p>
      )}
      {letters && (
        <p role="status">
          {letters.letters.length === 0
            ? 'No dead letter is of this order.'
            : letters.letters.map(({ queue, failure }) => `${queue}: ${failure.reason}`).join('; ')}
        </p>
      )}
      {look.error && <TroubleNote trouble={toTrouble(look.error)} />}
      <Handrail command={repair.command ?? verdict.command} runbook={repair.runbook} />
    </section>
  );
}
