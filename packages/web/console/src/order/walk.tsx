import type { WalkEvent } from '@cloudnestle/contracts/admin/payment';
import type { ReactNode } from 'react';
import { Badge, Time, ToneIcon } from '../parts/basics.tsx';
import { plural } from '../parts/format.ts';
import {
  describeEffect,
  describeEvent,
  describeSubscriber,
  sayWhereItStopped,
} from './build-walk.ts';
import styles from './order.module.css';

/** Each event of the order on its way through every queue to every effect, as the tables prove it. */
export function Walk({ walk }: { walk: readonly WalkEvent[] }): ReactNode {
  return walk.map((event, index) => (
    <WalkedEvent key={event.eventId ?? `${event.detailType} ${index}`} event={event} />
  ));
}

function WalkedEvent({ event }: { event: WalkEvent }): ReactNode {
  const { tone, word } = describeEvent(event);
  const stopped = sayWhereItStopped(event);
  return (
    <article className={styles.event} aria-label={`The walk of ${event.detailType}`}>
      <div className={styles.eventHead}>
        <h3>{event.detailType}</h3>
        <Badge tone={tone}>{word}</Badge>
        {event.at !== undefined && <Time at={event.at} />}
      </div>
      {stopped !== undefined && event.state !== 'onTheWay' && (
        <p className={styles.stopped}>{stopped}</p>
      )}
      <ul className={styles.lanes}>
        {event.subscribers.map((each) => (
          <Lane key={each.subscriber} of={each} />
        ))}
      </ul>
    </article>
  );
}

function Lane({ of }: { of: WalkEvent['subscribers'][number] }): ReactNode {
  const { tone, word } = describeSubscriber(of);
  const dead = of.dead?.waiting ?? 0;
  return (
    <li className={styles.lane} data-tone={tone}>
      <span className={styles.laneName}>
        <ToneIcon tone={tone} />
        {of.subscriber}
        <span className="hidden">: {word}</span>
        {tone === 'bad' && dead > 0 && <small>{plural(dead, 'dead letter')}</small>}
      </span>
      <ul className={styles.effects}>
        {of.effects.map((effect) => {
          const shown = describeEffect(effect, of);
          return (
            <li key={effect.effect} className={styles.effect} data-tone={shown.tone}>
              <ToneIcon tone={shown.tone} />
              <div>
                <span>
                  {effect.words}
                  {shown.tone !== 'good' && `: ${shown.word}`}
                </span>{' '}
                <small title={`Table ${effect.table}`}>
                  {effect.fact}
                  {effect.at !== undefined && (
                    <>
                      {effect.fact !== undefined && ' · '}
                      <Time at={effect.at} withAgo={false} />
                    </>
                  )}
                </small>
              </div>
            </li>
          );
        })}
      </ul>
    </li>
  );
}
