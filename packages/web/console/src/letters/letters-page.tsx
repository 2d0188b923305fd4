import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { ActButton } from '../act/act-button.tsx';
import { toTrouble } from '../api/trouble.ts';
import { useConsole } from '../app/console.tsx';
import { type LettersSearch, readLettersSearch } from '../app/search-params.ts';
import { Button, Card, Empty, Note, PageHead } from '../parts/basics.tsx';
import { Command, Runbook } from '../parts/command.tsx';
import { Bones, TroubleNote } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';
import { useNow } from '../parts/use-now.ts';
import { GroupTable } from './group-table.tsx';
import { LetterFilters } from './letter-filters.tsx';
import { LetterTable } from './letter-table.tsx';
import { QueueTable } from './queue-table.tsx';
import { sayFilter, sayLook, sayLookCommand, toFilter } from './scope.ts';
import { useLook } from './use-look.ts';

const LetterDrawer = lazy(() => import('./letter-drawer.tsx'));
const BulkDialog = lazy(() => import('./bulk-dialog.tsx'));
const route = getRouteApi('/dead-letters');

/**
 * Dead letters by why they failed. Counts are read all the time; letters only when the operator looks, since looking hides them from others
 * for a minute. The filter is the address, and what an action is about.
 */
export function LettersPage(): ReactNode {
  const { api } = useConsole();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const nowMs = useNow();
  const client = useQueryClient();
  const filter = toFilter(search);
  const set = (change: Record<string, string | undefined>) =>
    void navigate({ search: readLettersSearch({ ...search, ...change }), replace: true });
  const start = useMutation({
    mutationFn: () =>
      api('startLook', {
        body: { ...(search.queue === undefined ? {} : { queue: search.queue }), filter },
      }),
    onSuccess: ({ look }) => {
      set({ look: look.lookId, letter: undefined });
      void client.invalidateQueries({ queryKey: ['queues'] });
    },
  });
  const { look, letters, query } = useLook(search.look);
  const isLooking = start.isPending || look?.state === 'WAITING' || look?.state === 'RUNNING';
  return (
    <>
      <PageHead
        title="Dead letters"
        does="Events that a subscriber could not take, by why. Each waits here until it is replayed or discarded; the queues keep them 14 days."
      >
        <Runbook name="dead-letters" words="Runbook" />
        <Link to="/dead-letters/kept" search={search.queue ? { queue: search.queue } : {}}>
          Discarded letters
        </Link>
      </PageHead>
      <div className={parts.stack}>
        <QueueTable chosen={search.queue} />
        <Card flush title="Letters">
          <LetterFilters search={search} onChange={set}>
            <Button
              kind={look ? 'plain' : 'main'}
              aria-busy={isLooking}
              aria-disabled={isLooking}
              onClick={() => !isLooking && start.mutate()}
            >
              {isLooking ? 'Looking…' : look ? 'Look again' : 'Look'}
            </Button>
          </LetterFilters>
          {start.error && <TroubleNote trouble={toTrouble(start.error)} />}
          {query.error && <TroubleNote trouble={toTrouble(query.error)} />}
          {search.look === undefined && !isLooking && (
            <Empty title="Not looked at yet">
              Looking receives the letters, and hides them from others for about a minute.
              <Command line={sayLookCommand(search.queue, filter)} />
            </Empty>
          )}
          {isLooking && <Bones rows={4} />}
          {look?.state === 'FAILED' && (
            <Note tone="bad" role="alert">
              The look has failed. {look.why}
            </Note>
          )}
          {look?.state === 'DONE' && (
            <>
              <Snapshot words={sayLook(look, nowMs)} search={search}>
                {look.queues.map(
                  (each) =>
                    'unread' in each && (
                      <Note key={each.queue} tone="warn">
                        <strong>{each.queue} was not read.</strong> {each.unread}
                      </Note>
                    ),
                )}
                {look.queues.some((each) => 'isCut' in each && each.isCut) && (
                  <Note tone="warn">
                    There are more letters than were looked at: narrow the filter.
                  </Note>
                )}
              </Snapshot>
              <GroupTable look={look} search={search} />
              <LetterTable letters={letters} search={search} />
              {query.hasNextPage && (
                <p className={parts.more}>
                  <Button onClick={() => void query.fetchNextPage()}>More letters</Button>
                </p>
              )}
            </>
          )}
        </Card>
      </div>
      {search.letter !== undefined && search.look !== undefined && (
        <Suspense>
          <LetterDrawer
            lookId={search.look}
            messageId={search.letter}
            onClose={() => set({ letter: undefined })}
          />
        </Suspense>
      )}
    </>
  );
}

/** What was seen and when, and what can be done with what the filter means. */
function Snapshot(props: { words: string; search: LettersSearch; children: ReactNode }): ReactNode {
  const { words, search, children } = props;
  const { queue } = search;
  const scope = sayFilter(toFilter(search));
  const noQueue = queue === undefined ? 'Choose a queue first: an action is about one.' : undefined;
  return (
    <div className={parts.scope}>
      <p role="status">{words}</p>
      <div className={parts.tools}>
        <span>
          {queue === undefined ? 'All queues' : queue}
          {scope !== '' && `, ${scope}`}:
        </span>
        <ActButton
          route="replay"
          kind="main"
          obstacle={noQueue}
          dialog={(close) => (
            <BulkDialog
              act="replay"
              queue={queue ?? ''}
              filter={toFilter(search)}
              onClose={close}
            />
          )}
        >
          Replay…
        </ActButton>
        <ActButton
          route="discard"
          obstacle={noQueue}
          dialog={(close) => (
            <BulkDialog
              act="discard"
              queue={queue ?? ''}
              filter={toFilter(search)}
              onClose={close}
            />
          )}
        >
          Discard…
        </ActButton>
      </div>
      {children}
    </div>
  );
}
