import { parseJson } from '@cloudnestle/contracts/json';
import * as z from 'zod';
import { CliError } from '../../cli-error.ts';
import { call, describeAnswer, postJson } from '../call-stage.ts';

/** The clock of a run on this machine, ahead of this machine's own. */
export interface StageClock {
  now(): Promise<Date>;
  /** Moves it on; resolves once what the clock would have run meanwhile has run. */
  advance(hours: number): Promise<void>;
}

/** Sweeps and refunds of hours run before it answers, on a machine that others work on as well. */
const ADVANCE_MS = 10 * 60_000;

const clockSchema = z.object({ now: z.iso.datetime() });

/** The clock of a stage. Throws a `CliError` where it has none that can be moved: then it is no run on this machine. */
export async function connectClock(apiUrl: string): Promise<StageClock> {
  const url = `${apiUrl.replace(/\/+$/, '')}/dev/clock`;
  const now = async () => {
    const answer = await call(url);
    const body =
      answer.kind === 'answered' ? clockSchema.safeParse(parseJson(answer.body)) : answer;
    if ('success' in body && body.success) return new Date(body.data.now);
    throw new CliError(
      `The stage at ${apiUrl} has no clock that can be moved on: a month passes on a run of this machine alone (npm start). Nothing was changed.`,
    );
  };
  await now();
  return {
    now,
    advance: async (hours) => {
      const answer = await postJson(url, { advance: `${hours}h` }, { timeoutMs: ADVANCE_MS });
      if (answer.kind === 'answered' && answer.status === 200) return;
      throw new CliError(`The clock could not be moved on: ${describeAnswer(answer)}.`);
    },
  };
}
