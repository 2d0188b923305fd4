import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import type { Command } from 'commander';
import { ratePerSecond, wholeNumber } from '../parse-number.ts';
import type { DiscardOptions } from './discard/run.ts';
import type { ListOptions } from './list.ts';
import { addFilterOptions, parseText } from './options.ts';
import type { RecoverOptions } from './recover/run.ts';
import type { ReplayOptions } from './replay/run.ts';
import type { RestoreOptions } from './restore/run.ts';
import type { ShowOptions } from './show/run.ts';
import type { TriageOptions } from './triage/run.ts';

/** `payments dlq`: what the subscribers gave up on, looked at, sent back or thrown away. */
export function defineDlqCommand(dlq: Command): void {
  dlq.showHelpAfterError(`(${PROGRAM} dlq --help shows what there is)`).addHelpText(
    'after',
    `
A dead letter is an event that a subscriber gave up on, with the reason beside it. Every subscriber has a queue and a
dead-letter queue of its own; "delivery" is the dead-letter queue of what EventBridge could not put into a queue.
The stage is the one that the SDK's environment leads to (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL).

  ${PROGRAM} dlq list                   how many there are
  ${PROGRAM} dlq triage                 why, and what to run about it
  ${PROGRAM} dlq show tiers             which ones
  ${PROGRAM} dlq replay tiers --dry-run what a replay would do`,
  );
  addListCommand(dlq);
  addTriageCommand(dlq);
  addShowCommand(dlq);
  addReplayCommand(dlq);
  addDiscardCommand(dlq);
  addRestoreCommand(dlq);
  addRecoverCommand(dlq);
}

/** `payments dlq list`: what waits in every queue and dead-letter queue. */
function addListCommand(dlq: Command): void {
  dlq
    .command('list')
    .description('count what waits in every queue, and name the oldest and the last failure')
    .option('--json', 'the same as JSON, with whole reasons')
    .showHelpAfterError(`(${PROGRAM} dlq list --help shows what there is)`)
    .addHelpText(
      'after',
      `
Live queues are only counted: looking into one would spend its messages' attempts. Of a dead-letter queue at most 1,000
letters are looked at, which hides them from others for that moment; where there are more, the line says so.
The age is that of the oldest event, from when it occurred. SQS counts approximately, on AWS up to a minute late. In
flight are messages that a client works on, looks at, or has left hidden.
Exit status 0, also where there are dead letters: scripts read --json.

  ${PROGRAM} dlq list
  ${PROGRAM} dlq list --json`,
    )
    .action(async (options: ListOptions) => {
      const { runList } = await import('./list.ts');
      await runList(options);
    });
}

/** `payments dlq triage`: dead letters by what went wrong, and what to run about each kind. */
function addTriageCommand(dlq: Command): void {
  const command = dlq
    .command('triage')
    .description('group dead letters by queue and reason, each group with the commands for it')
    .argument('[queue]', 'a subscriber, or delivery; without it, every dead-letter queue');
  addFilterOptions(command)
    .option('--json', 'the groups as JSON')
    .option('--anyway', 'also where another operator goes through a queue')
    .showHelpAfterError(`(${PROGRAM} dlq triage --help shows what there is)`)
    .addHelpText(
      'after',
      `
The largest group comes first. Reasons are alike that differ in ids, numbers and addresses only: these are a * in the
reason that stands for the group. Each group has the command that shows it, the one that replays it, and where all of it
can never succeed, the one that discards it instead; they can be pasted into a shell and mean that group, with the
filters given here. Where a command means other letters too, it says so.
Nothing is changed. Letters are hidden from others while this looks at them, so one operator at a time goes through a queue:
where another does, this says who since when; --anyway looks beside it, at what is left.
Exit status 0, also where there are dead letters.

  ${PROGRAM} dlq triage
  ${PROGRAM} dlq triage tiers --since 2h
  ${PROGRAM} dlq triage --json`,
    )
    .action(async (queue: string | undefined, options: TriageOptions) => {
      const { runTriage } = await import('./triage/run.ts');
      await runTriage(queue, options);
    });
}

/** `payments dlq show`: letters of one queue, or one letter whole. */
function addShowCommand(dlq: Command): void {
  const command = dlq
    .command('show')
    .description('show dead letters of a queue, or one of them whole')
    .argument('<queue>', 'a subscriber, or delivery for what EventBridge could not deliver')
    .argument('[id]', 'one letter, by message id or event id, with its attributes and its body');
  addFilterOptions(command)
    .option('--limit <n>', 'letters at most', wholeNumber('--limit is'), 20)
    .option('--json', 'the letters as JSON, with their bodies')
    .option('--reveal', 'with email addresses and VPAs as they are')
    .option('--anyway', 'also where another operator goes through the queue')
    .showHelpAfterError(`(${PROGRAM} dlq show --help shows what there is)`)
    .addHelpText(
      'after',
      `
The letter that failed last comes first. A letter that SQS itself moved after a crash or a timeout has no reason, and
says so; its time is when it was sent. --limit cuts what is shown and nothing else: replay and discard act on what
the filters mean, shown or not.
Nothing is changed. Letters are hidden from others while this looks at them, so one operator at a time goes through a queue:
where another does, this says who since when; --anyway looks beside it, at what is left.
Exit status 0: something was shown; 1: no letter matches, or the command failed.

  ${PROGRAM} dlq show tiers
  ${PROGRAM} dlq show notifications --reason 'not verified' --since 2h --limit 100
  ${PROGRAM} dlq show tiers evt_ccb40c6ef2f367da4e1f35bac67b0dfc`,
    )
    .action(async (queue: string, id: string | undefined, options: ShowOptions) => {
      const { runShow } = await import('./show/run.ts');
      await runShow(queue, id, options);
    });
}

/** `payments dlq replay`: dead letters back into the queue they came from. */
function addReplayCommand(dlq: Command): void {
  const command = dlq
    .command('replay')
    .description('move dead letters back into the queue they came from')
    .argument('<queue>', 'a subscriber, or delivery for what EventBridge could not deliver');
  addFilterOptions(command)
    .option('--dry-run', 'only say what would be moved')
    .option(
      '--rate <n/s>',
      'letters in a second at most (default: as fast as SQS takes them)',
      ratePerSecond('letters', 999_999),
    )
    .option('--max <n>', 'letters at most', wholeNumber('--max is'))
    .option('--force', 'also those that can never succeed by the contracts of this version')
    .option(
      '--watch <seconds>',
      'how long to look for letters that fail again, 0: not at all',
      wholeNumber('--watch is', 0),
      10,
    )
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant; on production this answers the question')
    .option('--why <text>', 'why, in words, for the action log; on production it must be said')
    .option('--json', 'the summary as JSON')
    .showHelpAfterError(`(${PROGRAM} dlq replay --help shows what there is)`)
    .addHelpText(
      'after',
      `
Without filters every letter of the queue is meant; the action takes what the filters mean, not what "show" has shown.
A letter is sent with who replayed it, when and how often (replayedBy, replayedAt, replayCount), which the subscriber's
summary line repeats, and without the attributes of its failure. Attributes that others gave it stay; SQS takes ten, so
of a letter with more than seven of them a part of the three above stays away, and the summary counts it.
It is deleted only after it was sent: a replay that is killed loses nothing, and the next one takes up the rest after
half a minute. Letters that arrive after the start, or fail again, are left for the next replay. Letters that another
client looks at or moves are waited for, a minute or so. One operator at a time goes through a queue, from here or from
the console: where another does, this says who since when, and changes nothing.
More than 5 letters are asked about. Refused without --force: what does not fit its contract, which would only come back.
Exit status 0: every letter that was meant is in its queue, and none was seen to fail again; 1: otherwise.

  ${PROGRAM} dlq replay tiers --dry-run
  ${PROGRAM} dlq replay tiers --order txn_MP-uuid-123-1732356000-abc123
  ${PROGRAM} dlq replay notifications --reason 'throttl*' --since 2h --rate 5/s --yes
  ${PROGRAM} dlq replay delivery`,
    )
    .action(async (queue: string, options: ReplayOptions) => {
      const { runReplay } = await import('./replay/run.ts');
      await runReplay(queue, options);
    });
}

/** `payments dlq discard`: dead letters into a file, and out of the queue. */
function addDiscardCommand(dlq: Command): void {
  const command = dlq
    .command('discard')
    .description('write dead letters to a file and delete them from their queue')
    .argument('<queue>', 'a subscriber, or delivery for what EventBridge could not deliver');
  addFilterOptions(command)
    .option('--dry-run', 'only say what would be discarded')
    .option('--max <n>', 'letters at most', wholeNumber('--max is'))
    .option(
      '--file <path>',
      'a new file for them (default: dead-letters-<queue>-<time>.jsonl here)',
    )
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant; on production this answers the question')
    .option('--why <text>', 'why, in words, for the action log; on production it must be said')
    .option('--json', 'the summary as JSON')
    .showHelpAfterError(`(${PROGRAM} dlq discard --help shows what there is)`)
    .addHelpText(
      'after',
      `
A payment's letter that is discarded leaves its buyer without what it was for: replay is nearly always what you want, and
"${PROGRAM} payment <order>" shows whether anything is missing. Without filters every letter of the queue is meant.
The file has one letter as JSON in each line, whole, with people's addresses; only its owner can read it. A letter is
deleted once it is on the disk, and kept by the stage for 14 days as well: "${PROGRAM} dlq restore" puts it back. One operator
at a time goes through a queue: where another does, this says who since when. Letters that arrive after the start stay; those that another client holds
are waited for, a minute or so. More than 5 letters are asked about.
Exit status 0: every letter that was meant is in the file and out of the queue; 1: otherwise.

  ${PROGRAM} dlq discard reconciliation --reason 'schema mismatch*' --dry-run
  ${PROGRAM} dlq discard tiers --id 6f6f2a7e-5b1c-4f0e-9d0a-0d5f0e6f1c55`,
    )
    .action(async (queue: string, options: DiscardOptions) => {
      const { runDiscard } = await import('./discard/run.ts');
      await runDiscard(queue, options);
    });
}

/** `payments dlq restore`: discarded letters back into their dead-letter queue. */
function addRestoreCommand(dlq: Command): void {
  dlq
    .command('restore')
    .description('put discarded letters back into their dead-letter queue, for 14 days')
    .argument('<queue>', 'a subscriber, or delivery for what EventBridge could not deliver')
    .option(
      '--discard <id>',
      'those of this discard, as it said it; from the console, its job',
      parseText,
    )
    .option('--id <id>', 'this letter, by the message id that it was discarded with', parseText)
    .option('--dry-run', 'only say what is kept and would be restored')
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant; on production this answers the question')
    .option('--why <text>', 'why, in words, for the action log; on production it must be said')
    .option('--json', 'the result as JSON')
    .showHelpAfterError(`(${PROGRAM} dlq restore --help shows what there is)`)
    .addHelpText(
      'after',
      `
Without options, all that was discarded from that queue, from here or from the console, and not restored since. They go back
into their dead-letter queue with all that stood on them, and from there nowhere by themselves: replay is the next step.
A letter is forgotten only after it was sent. Where a restore was killed in between, the next one sends that letter once more and
counts it; replaying both changes nothing more. More than 5 letters are asked about.
Exit status 0: every letter that was meant is back in its queue; 1: otherwise, also where nothing is kept any more.

  ${PROGRAM} dlq restore tiers --dry-run
  ${PROGRAM} dlq restore tiers --discard 0d5f0e6f-5b1c-4f0e-9d0a-6f6f2a7e1c55
  ${PROGRAM} dlq restore tiers --id 6f6f2a7e-5b1c-4f0e-9d0a-0d5f0e6f1c55`,
    )
    .action(async (queue: string, options: RestoreOptions) => {
      const { runRestore } = await import('./restore/run.ts');
      await runRestore(queue, options);
    });
}

/** `payments dlq recover`: rows of orders that the table has lost, from the events in dead letters. */
function addRecoverCommand(dlq: Command): void {
  const command = dlq
    .command('recover')
    .description('write the rows of orders that a restored table has lost, from their events')
    .argument('<queue>', 'a subscriber, or delivery for what EventBridge could not deliver');
  addFilterOptions(command)
    .option('--dry-run', 'only say which rows would be written')
    .option('--anyway', 'also where another operator goes through the queue')
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant; on production this answers the question')
    .option('--why <text>', 'why, in words, for the action log; on production it must be said')
    .option('--json', 'the result as JSON')
    .showHelpAfterError(`(${PROGRAM} dlq recover --help shows what there is)`)
    .addHelpText(
      'after',
      `
For the time after a table of orders was restored from a backup: orders that are younger than the backup have no row, and
their events end here as "no transaction row". Each event of an order (initiated, completed, failed) carries what its row
began with. Where there is no row, one is written as the upgrade call writes it: PENDING, with the buyer, plan and amount
of the event. Nothing else of the event is believed: what became of the order is asked of the gateway, by the next sweep.
A row that is there is never touched, and letters stay where they are: replay them afterwards, so that refunds count again.
The filters say which letters are looked at; without any, every letter of the queue. More than 5 rows are asked about.
Exit status 0: every order that letters tell of has a row; 1: one has none, nothing was found, or the command failed.

  ./payments dlq recover reconciliation --reason 'no transaction row*' --dry-run
  ./payments dlq recover reconciliation --reason 'no transaction row*'
  ./payments dlq replay reconciliation --reason 'no *'`,
    )
    .action(async (queue: string, options: RecoverOptions) => {
      const { runRecover } = await import('./recover/run.ts');
      await runRecover(queue, options);
    });
}
