import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { toTrouble } from '../api/trouble.ts';
import { Badge, Card, type Tone } from '../parts/basics.tsx';
import { Field } from '../parts/field.tsx';
import { Loaded, TroubleNote } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';

const modes = ['well', 'off', 'failing'] as const;
type Mode = (typeof modes)[number];
const tones: Readonly<Record<Mode, Tone>> = { well: 'good', off: 'warn', failing: 'bad' };

/** What a local run offers besides: breaks a subscriber on purpose, to see what an operator would see, and to mend it. */
export function FaultsCard({ url }: { url: string }): ReactNode {
  const client = useQueryClient();
  const query = useQuery({ queryKey: ['faults'], queryFn: () => readFaults(url) });
  const set = useMutation({
    mutationFn: (wanted: { subscriber: string; mode: string }) => setFault(url, wanted),
    onSettled: () => client.invalidateQueries({ queryKey: ['faults'] }),
  });
  const broken = Object.values(query.data ?? {}).filter((mode) => mode !== 'well').length;
  return (
    <Card
      title="Break a subscriber"
      flush
      aside={
        <Badge tone={broken === 0 ? 'good' : 'bad'}>
          {broken === 0 ? 'all are well' : `${broken} broken`}
        </Badge>
      }
    >
      <p className={parts.lead}>
        Of this local run alone. Off: its messages wait. Failing: each becomes a dead letter.
      </p>
      {set.error && <TroubleNote trouble={toTrouble(set.error)} />}
      <Loaded query={query} rows={1}>
        {(faults) => (
          <div className={parts.filters}>
            {Object.entries(faults).map(([subscriber, mode]) => (
              <Field key={subscriber} label={subscriber}>
                {(field) => (
                  <select
                    {...field}
                    className={parts.input}
                    data-tone={tones[mode]}
                    value={mode}
                    onChange={({ target }) => set.mutate({ subscriber, mode: target.value })}
                  >
                    {modes.map((each) => (
                      <option key={each}>{each}</option>
                    ))}
                  </select>
                )}
              </Field>
            ))}
          </div>
        )}
      </Loaded>
    </Card>
  );
}

async function readFaults(url: string): Promise<Readonly<Record<string, Mode>>> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The local run answered ${answer.status}.`);
  const { subscribers }: { subscribers: Record<string, Mode> } = await answer.json();
  return subscribers;
}

async function setFault(url: string, wanted: { subscriber: string; mode: string }): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  });
  if (!answer.ok) throw new Error(`The local run answered ${answer.status}.`);
}
