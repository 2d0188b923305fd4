import type { LetterWhole } from '@cloudnestle/contracts/admin/letters';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ActButton } from '../act/act-button.tsx';
import { useConsent } from '../act/consent.tsx';
import { toTrouble } from '../api/trouble.ts';
import { useConsole, useObstacle } from '../app/console.tsx';
import { addToTray } from '../jobs/tray-store.ts';
import { Badge, Facts, Id, Note, Time } from '../parts/basics.tsx';
import { Command } from '../parts/command.tsx';
import DialogBox from '../parts/dialog.tsx';
import { plural } from '../parts/format.ts';
import { Loaded, TroubleNote } from '../parts/loaded.tsx';
import styles from './letters.module.css';

/** One letter whole, beside the list that it is of. */
export default function LetterDrawer(props: {
  lookId: string;
  messageId: string;
  onClose(): void;
}): ReactNode {
  const { lookId, messageId, onClose } = props;
  const { api } = useConsole();
  const query = useQuery({
    queryKey: ['look', lookId, messageId],
    queryFn: ({ signal }) => api('lookLetter', { path: { lookId, messageId }, signal }),
  });
  return (
    <DialogBox
      shape="drawer"
      title={query.data?.letter.detailType ?? 'Dead letter'}
      onClose={onClose}
    >
      <Loaded query={query}>{({ letter }) => <Letter letter={letter} />}</Loaded>
    </DialogBox>
  );
}

function Letter({ letter }: { letter: LetterWhole }): ReactNode {
  const { failure, transactionId, cannotSucceed, replay } = letter;
  return (
    <>
      <Note tone="bad">
        <strong>{failure.reason}</strong>
        <div>
          {failure.kind}
          {failure.attempts !== undefined && `, after ${plural(failure.attempts, 'attempt')}`} ·{' '}
          <Time at={failure.lastAt} />
        </div>
      </Note>
      {cannotSucceed !== undefined && (
        <Note tone="warn">
          <strong>A replay cannot succeed.</strong> {cannotSucceed}
        </Note>
      )}
      <Facts
        of={[
          ['Queue', letter.queue],
          ['Goes back to', letter.subscriber ?? 'nothing says whose it is'],
          [
            'Order',
            transactionId !== undefined && (
              <Id id={transactionId} longest={40}>
                {(shown) => (
                  <Link to="/orders/$transactionId" params={{ transactionId }}>
                    {shown}
                  </Link>
                )}
              </Id>
            ),
          ],
          ['User', letter.userId && <Id id={letter.userId} longest={40} />],
          ['Event', letter.eventId && <Id id={letter.eventId} longest={40} />],
          ['Message', <Id key="message" id={letter.messageId} longest={40} />],
          ['Happened', letter.occurredAt && <Time at={letter.occurredAt} />],
          ['First failed', failure.firstAt && <Time at={failure.firstAt} />],
          [
            'Replayed',
            replay && (
              <Badge tone="warn">
                {plural(replay.count, 'time')}
                {replay.lastBy !== undefined && `, last by ${replay.lastBy}`}
              </Badge>
            ),
          ],
        ]}
      />
      <ReplayOne letter={letter} />
      <h3>Attributes</h3>
      <Facts of={Object.entries(letter.attributes)} />
      <h3>Body</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard. */}
      <pre className={styles.body} tabIndex={0}>
        {typeof letter.body === 'string' ? letter.body : JSON.stringify(letter.body, undefined, 2)}
      </pre>
    </>
  );
}

/** One letter can be brought back by discarding it: no dialog, but why. */
function ReplayOne({ letter }: { letter: LetterWhole }): ReactNode {
  const { api } = useConsole();
  const { consent, fault, fields } = useConsent();
  const obstacle = useObstacle('replay');
  const { queue, messageId } = letter;
  const replay = useMutation({
    mutationFn: () =>
      api('replay', { body: { queue, filter: { id: messageId }, max: 1, ...consent } }),
    onSuccess: (answer) => 'job' in answer && addToTray(answer.job.jobId),
  });
  return (
    <>
      {obstacle === undefined && !replay.isSuccess && fields}
      <ActButton
        route="replay"
        kind="main"
        isBusy={replay.isPending}
        obstacle={replay.isSuccess ? 'It is under way: see the job.' : fault}
        onAct={() => replay.mutate()}
      >
        Replay this letter{letter.subscriber === undefined ? '' : ` to ${letter.subscriber}`}
      </ActButton>
      {replay.error && <TroubleNote trouble={toTrouble(replay.error)} />}
      <Command line={`./payments dlq replay ${queue} --id ${messageId}`} />
    </>
  );
}
