import type {
  LetterFilterBody,
  LetterPreview,
  LetterPreviewResponse,
} from '@cloudnestle/contracts/admin/letters';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ActionDialog } from '../act/action-dialog.tsx';
import { ApiTrouble } from '../api/trouble.ts';
import { useConsole } from '../app/console.tsx';
import { addToTray } from '../jobs/tray-store.ts';
import { Note } from '../parts/basics.tsx';
import { formatCount, plural } from '../parts/format.ts';
import styles from './letters.module.css';
import { sayFilter } from './scope.ts';

/** Replays or discards what a filter means in one queue: first what that would meet, then why, then a job. */
export default function BulkDialog(props: {
  act: 'replay' | 'discard';
  queue: string;
  filter: LetterFilterBody;
  onClose(): void;
}): ReactNode {
  const { act, queue, filter, onClose } = props;
  const { api } = useConsole();
  const client = useQueryClient();
  const [force, setForce] = useState(false);
  const scope = sayFilter(filter);
  const choice = { queue, filter };
  return (
    <ActionDialog
      title={`${act === 'replay' ? 'Replay' : 'Discard'} letters of ${queue}`}
      does={
        act === 'replay'
          ? `Letters${scope === '' ? '' : ` with ${scope}`} go back to the subscriber, one by one. Each is sent first and deleted after: none is lost.`
          : `Letters${scope === '' ? '' : ` with ${scope}`} are kept for 14 days, and taken out of the queue. They can be restored until then.`
      }
      kind={act === 'replay' ? 'main' : 'danger'}
      preview={async () => readPreview(await api(act, { body: { ...choice, dryRun: true } }))}
      verb={(plan) => sayVerb(act, queue, sayMeant(plan?.preview, act, force))}
      handrail={(plan) => ({ command: plan?.command, runbook: 'dead-letters' })}
      submit={(consent, plan) =>
        api(act, {
          body: {
            ...choice,
            ...(act === 'replay' ? { force } : {}),
            ...(plan === undefined ? {} : { cutOff: plan.preview.cutOff }),
            ...consent,
          },
        })
      }
      onDone={(answer) => {
        if ('job' in answer) addToTray(answer.job.jobId);
        void client.invalidateQueries({ queryKey: ['queues'] });
      }}
      onClose={onClose}
    >
      {(plan) =>
        plan && (
          <>
            <Preview preview={plan.preview} />
            {act === 'replay' && plan.preview.counts.cannotSucceed > 0 && (
              <label className={styles.check}>
                <input
                  type="checkbox"
                  checked={force}
                  onChange={({ target }) => setForce(target.checked)}
                />
                Also replay what cannot succeed
              </label>
            )}
          </>
        )
      }
    </ActionDialog>
  );
}

function Preview({ preview }: { preview: LetterPreview }): ReactNode {
  const { counts, reasons, obstacles, hidden, isCut, atMost } = preview;
  const shown = [
    [isCut ? 'of those seen would be taken' : 'would be taken', counts.chosen],
    ['cannot succeed', counts.cannotSucceed],
    ['without destination', counts.noDestination],
    ['held by others', hidden],
    ['came meanwhile', counts.cameMeanwhile],
    ['left out by the filter', counts.notMeant],
  ] as const;
  return (
    <>
      <div className={styles.counts}>
        {shown
          .filter(([, count], index) => index === 0 || count > 0)
          .map(([words, count]) => (
            <div key={words}>
              <strong>{formatCount(count)}</strong>
              <span>{words}</span>
            </div>
          ))}
      </div>
      {isCut && (
        <Note tone="warn">
          There are more letters than could be looked at: at most {formatCount(atMost)} are meant.
        </Note>
      )}
      <Reasons title="Why they failed" of={reasons.map(({ reason, count }) => [reason, count])} />
      <Reasons
        title="What stands in the way"
        of={obstacles.map(({ why, count }) => [why, count])}
      />
    </>
  );
}

function Reasons(props: { title: string; of: readonly (readonly [string, number])[] }): ReactNode {
  if (props.of.length === 0) return null;
  return (
    <div>
      <h3>{props.title}</h3>
      <ul className={styles.reasons}>
        {props.of.map(([words, count]) => (
          <li key={words}>
            <span>{formatCount(count)}</span>
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How many letters a press takes, by the preview. */
export function countMeant(
  preview: LetterPreview | undefined,
  act: 'replay' | 'discard',
  force: boolean,
): number {
  if (!preview) return 0;
  const { chosen, cannotSucceed } = preview.counts;
  return act === 'replay' && force ? chosen + cannotSucceed : chosen;
}

/** As the button says it; where the look was cut short, more is meant than was seen. */
function sayMeant(
  preview: LetterPreview | undefined,
  act: 'replay' | 'discard',
  force: boolean,
): string | undefined {
  if (preview?.isCut) return `at most ${plural(preview.atMost, 'letter')}`;
  const count = countMeant(preview, act, force);
  return count === 0 ? undefined : plural(count, 'letter');
}

function sayVerb(
  act: 'replay' | 'discard',
  queue: string,
  letters: string | undefined,
): string | undefined {
  if (letters === undefined) return undefined;
  return act === 'replay' ? `Replay ${letters} to ${queue}` : `Discard ${letters} of ${queue}`;
}

function readPreview(answer: object): LetterPreviewResponse {
  if (isPreview(answer)) return answer;
  throw new ApiTrouble('server', 'The server has answered a dry run with something else.');
}

function isPreview(answer: object): answer is LetterPreviewResponse {
  return 'preview' in answer;
}
