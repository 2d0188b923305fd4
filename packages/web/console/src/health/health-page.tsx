import type { HealthResponse } from '@cloudnestle/contracts/admin/health';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useConsole } from '../app/console.tsx';
import { useInterval } from '../app/live.tsx';
import {
  Badge,
  Button,
  Card,
  Empty,
  Note,
  PageHead,
  Time,
  type Tone,
  ToneIcon,
} from '../parts/basics.tsx';
import { Command, Runbook } from '../parts/command.tsx';
import { plural } from '../parts/format.ts';
import { Loaded } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';
import styles from './health.module.css';

/** What the doctor finds, what alarms say, when the sweeps ran, and the runbooks. */
export function HealthPage(): ReactNode {
  const { api } = useConsole();
  const query = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => api('health', { signal }),
    refetchInterval: useInterval(60_000),
  });
  return (
    <>
      <PageHead
        title="Health"
        does="Whether the stage is as it should be: the doctor’s findings, alarms and sweeps."
      >
        {query.data && (
          <span>
            checked <Time at={query.data.checkedAt} />
          </span>
        )}
        <Button aria-busy={query.isFetching} onClick={() => void query.refetch()}>
          {query.isFetching ? 'Checking…' : 'Check again'}
        </Button>
      </PageHead>
      <Loaded query={query} rows={10}>
        {(health) => (
          <div className={styles.grid}>
            <Findings findings={health.findings} words={health.fromATerminal} />
            <div className={parts.stack}>
              <Alarms alarms={health.alarms} />
              <Sweeps sweeps={health.sweeps} />
              <Card title="Runbooks" flush>
                <ul className={styles.books}>
                  {health.runbooks.map((name) => (
                    <li key={name}>
                      <Runbook name={name} />
                    </li>
                  ))}
                </ul>
              </Card>
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}

const results: Readonly<Record<HealthResponse['findings'][number]['result'], Tone>> = {
  ok: 'good',
  wrong: 'bad',
  'not checked': 'warn',
};

function Findings(props: { findings: HealthResponse['findings']; words: string }): ReactNode {
  const [isAll, setAll] = useState(false);
  const bad = props.findings.filter(({ result }) => result !== 'ok');
  const wrong = bad.filter(({ result }) => result === 'wrong').length;
  const shown = isAll ? props.findings : bad;
  const good = props.findings.length - bad.length;
  return (
    <Card
      title="Findings"
      flush
      aside={
        <Badge tone={wrong > 0 ? 'bad' : good > 0 ? 'good' : 'none'}>
          {wrong > 0
            ? plural(wrong, 'thing is wrong', 'things are wrong')
            : plural(good, 'check holds', 'checks hold')}
        </Badge>
      }
    >
      <ul className={styles.findings}>
        {shown.map(({ check, subject, result, words }) => (
          <li key={`${check} ${subject}`} data-tone={results[result]}>
            <ToneIcon tone={results[result]} />
            <div>
              <strong>{subject}</strong> <small>{check}</small>
              <p>
                <span className="hidden">{result}: </span>
                {words}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {good > 0 ? (
        <p className={parts.more}>
          <Button kind="quiet" onClick={() => setAll(!isAll)}>
            {isAll
              ? 'Only what is not right'
              : `Show ${plural(good, 'check that holds', 'checks that hold')}`}
          </Button>
        </p>
      ) : (
        bad.length === 0 && <Empty title="Nothing was checked from here" />
      )}
      <div className={styles.terminal}>
        <p>A terminal can check more: secrets, and what the gateway answers.</p>
        <Command line={props.words} />
      </div>
    </Card>
  );
}

const alarmTones: Readonly<Record<string, Tone>> = {
  OK: 'good',
  ALARM: 'bad',
  INSUFFICIENT_DATA: 'none',
  UNKNOWN: 'none',
};

function Alarms({ alarms }: { alarms: HealthResponse['alarms'] }): ReactNode {
  if ('unread' in alarms) {
    return (
      <Card title="Alarms">
        <Note tone="warn">
          <strong>Not read.</strong> {alarms.unread}
        </Note>
      </Card>
    );
  }
  const ringing = alarms.filter(({ state }) => state === 'ALARM');
  const rest = alarms.filter(({ state }) => state !== 'ALARM');
  return (
    <Card
      title="Alarms"
      flush
      aside={
        <Badge tone={ringing.length > 0 ? 'bad' : 'good'}>
          {ringing.length > 0 ? `${ringing.length} ringing` : 'none rings'}
        </Badge>
      }
    >
      <ul className={styles.findings}>
        {ringing.map((alarm) => (
          <Alarm key={alarm.name} alarm={alarm} />
        ))}
      </ul>
      <details className={styles.rest}>
        <summary>{plural(rest.length, 'quiet alarm')}</summary>
        <ul className={styles.findings}>
          {rest.map((alarm) => (
            <Alarm key={alarm.name} alarm={alarm} />
          ))}
        </ul>
      </details>
    </Card>
  );
}

type AlarmView = Extract<HealthResponse['alarms'], readonly unknown[]>[number];

function Alarm({ alarm }: { alarm: AlarmView }): ReactNode {
  const { name, meaning, runbook, state, since } = alarm;
  const tone = alarmTones[state] ?? 'none';
  return (
    <li data-tone={tone}>
      <ToneIcon tone={tone} />
      <div>
        <strong>{name}</strong> <small>{state}</small>
        {since !== undefined && (
          <small>
            {' '}
            since <Time at={since} />
          </small>
        )}
        <p>{meaning}</p>
        <Runbook name={runbook} />
      </div>
    </li>
  );
}

function toneOf(isLate: boolean, lastRunAt: string | undefined): Tone {
  if (isLate) return 'bad';
  return lastRunAt === undefined ? 'none' : 'good';
}

function Sweeps({ sweeps }: { sweeps: HealthResponse['sweeps'] }): ReactNode {
  if ('unread' in sweeps) {
    return (
      <Card title="Sweeps">
        <Note tone="warn">
          <strong>Not read.</strong> {sweeps.unread}
        </Note>
      </Card>
    );
  }
  return (
    <Card title="Sweeps" flush>
      <ul className={styles.findings}>
        {sweeps.map(({ name, everyMinutes, lastRunAt, isLate }) => (
          <li key={name} data-tone={toneOf(isLate, lastRunAt)}>
            <ToneIcon tone={toneOf(isLate, lastRunAt)} />
            <div>
              <strong>{name}</strong> <small>every {plural(everyMinutes, 'minute')}</small>
              <p>
                {lastRunAt === undefined ? 'No run is known.' : <Time at={lastRunAt} />}
                {isLate && ' It is late.'}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
