import type { Violation } from '../parts/watch.ts';
import { createTrace } from '../trace/create-trace.ts';
import { type EpisodeResult, runEpisode } from '../world/run-episode.ts';

/** Runs a broken episode again, and prints what befell the order: the rule, its steps only, and the line that replays it. */
export async function tellViolation(
  { seed, level, buyers, passes, desks, violations }: EpisodeResult,
  write: (line: string) => void,
): Promise<void> {
  const [first] = violations;
  if (!first) return;
  write('');
  write(`Broken: ${first.rule}`);
  write(`  ${first.invariant}: ${first.subject}: ${first.what}`);
  for (const other of violations.slice(1)) {
    write(`  also ${other.invariant}: ${other.subject}: ${other.what}`);
  }
  write('');
  await runEpisode({
    seed,
    level,
    buyers,
    passes,
    desks,
    trace: (nowMs) => createTrace({ nowMs, write, about: namesOf(first) }),
  });
  write('');
  const sold = passes ? ' --passes' : '';
  const paying = desks === undefined ? '' : ` --desks ${desks}`;
  write(
    `npm run simulate -- --seed ${seed} --payments 1 --faults ${level} --buyers ${buyers}${sold}${paying}`,
  );
}

/** An order is told of by its own id and its buyer's. */
function namesOf({ subject }: Violation): string[] {
  const id = subject.replace(/^txn_/, '');
  const userId = /^MP-(.*)-\d{10}-[a-z0-9]{6}$/.exec(id)?.[1];
  return userId === undefined ? [id] : [id, userId];
}
