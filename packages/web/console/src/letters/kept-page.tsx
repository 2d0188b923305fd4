import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, type ReactNode } from 'react';
import { ActButton } from '../act/act-button.tsx';
import { toTrouble } from '../api/trouble.ts';
import { useConsole } from '../app/console.tsx';
import { Button, Card, Empty, PageHead, Time } from '../parts/basics.tsx';
import { Handrail } from '../parts/command.tsx';
import { Field } from '../parts/field.tsx';
import { shortenId } from '../parts/format.ts';
import { Bones, TroubleNote } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';
import styles from './letters.module.css';
import { useQueues } from './use-queues.ts';

const RestoreDialog = lazy(() => import('./restore-dialog.tsx'));
const route = getRouteApi('/dead-letters/kept');

/** Discarded letters, until they are restored or their 14 days are over. */
export function KeptPage(): ReactNode {
  const { api } = useConsole();
  const { queue } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: queues } = useQueues();
  const query = useInfiniteQuery({
    queryKey: ['kept', queue],
    queryFn: ({ pageParam, signal }) =>
      api('keptLetters', { query: { queue, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: queue !== undefined,
  });
  const letters = query.data?.pages.flatMap((page) => page.letters) ?? [];
  return (
    <>
      <PageHead
        title="Discarded letters"
        does="They are kept for 14 days. Restored ones go back into their dead-letter queue."
      >
        <Link to="/dead-letters" search={queue === undefined ? {} : { queue }}>
          Dead letters
        </Link>
      </PageHead>
      <Card flush>
        <div className={parts.filters}>
          <Field label="Queue">
            {(field) => (
              <select
                {...field}
                className={parts.input}
                value={queue ?? ''}
                onChange={({ target }) =>
                  void navigate({ search: target.value === '' ? {} : { queue: target.value } })
                }
              >
                <option value="">Choose one</option>
                {queues?.queues.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            )}
          </Field>
          {queue !== undefined && letters.length > 0 && (
            <ActButton
              route="restore"
              kind="main"
              dialog={(close) => <RestoreDialog queue={queue} onClose={close} />}
            >
              Restore all of {queue}…
            </ActButton>
          )}
        </div>
        {query.error && <TroubleNote trouble={toTrouble(query.error)} />}
        {queue === undefined ? (
          <Empty title="Choose a queue" />
        ) : query.isPending ? (
          <Bones rows={4} />
        ) : letters.length === 0 ? (
          <Empty title="Nothing is kept">
            No letter of {queue} was discarded in the last 14 days.
          </Empty>
        ) : (
          <div className={parts.scroll}>
            <table className={parts.table}>
              <caption>Discarded letters of {queue}</caption>
              <thead>
                <tr>
                  <th scope="col">Order</th>
                  <th scope="col">Failed because</th>
                  <th scope="col">Discarded</th>
                  <th scope="col">Kept until</th>
                  <th scope="col">Restore</th>
                </tr>
              </thead>
              <tbody>
                {letters.map((letter) => (
                  <tr key={letter.messageId} data-row>
                    <td>
                      <code>{shortenId(letter.transactionId ?? letter.messageId)}</code>
                    </td>
                    <td className={styles.reason}>{letter.failure.reason}</td>
                    <td>
                      <Time at={letter.discardedAt} /> by {letter.discardedBy}
                    </td>
                    <td>
                      <Time at={letter.keptUntil} />
                    </td>
                    <td>
                      <ActButton
                        route="restore"
                        kind="quiet"
                        dialog={(close) => (
                          <RestoreDialog
                            queue={letter.queue}
                            messageId={letter.messageId}
                            jobId={letter.jobId}
                            onClose={close}
                          />
                        )}
                      >
                        Restore…
                      </ActButton>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {queue !== undefined && (
          <div className={parts.more}>
            <Handrail
              command={`./payments dlq restore ${queue} --dry-run`}
              runbook="dead-letters"
            />
          </div>
        )}
        {query.hasNextPage && (
          <p className={parts.more}>
            <Button onClick={() => void query.fetchNextPage()}>Older ones</Button>
          </p>
        )}
      </Card>
    </>
  );
}
