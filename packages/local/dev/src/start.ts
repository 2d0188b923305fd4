import { stretchTimeLimits, timeLimitMs } from '@cloudnestle/payments/time-limits';
import { buildFunctionEnvironment } from '@cloudnestle/topology/function-environment';
import { findFunction } from '@cloudnestle/topology/functions';
import { topology } from '@cloudnestle/topology/topology';
import type { FunctionName } from '@cloudnestle/topology/types';
import { connectAws } from './aws/connect-aws.ts';
import { buildHandlers } from './build-handlers.ts';
import { createRunClock } from './clock/run-clock.ts';
import { readCounts } from './event-source/read-queue.ts';
import { createFaults } from './faults/create-faults.ts';
import { listen } from './http-api/listen.ts';
import { noColors, stdoutColors } from './log/colors.ts';
import { createRunLog, writeToStdout } from './log/run-log.ts';
import { buildHttpApi, startIssuer } from './run/build-http-api.ts';
import { type Cleanup, createCleanup } from './run/create-cleanup.ts';
import type { LocalRun, LocalRunOptions } from './run/local-run.ts';
import { startOnPort } from './run/pick-port.ts';
import { controlsOf, startPollers } from './run/start-pollers.ts';
import { startSandbox } from './run/start-sandbox.ts';
import { waitUntilIdle } from './run/wait-until-idle.ts';
import { scheduleControlsOf, startSchedules } from './scheduler.ts';
import { seedEverything } from './seed/seed-everything.ts';
import { buildStageFacts } from './stage-facts.ts';
import { createPageReader } from './storefront/built-pages.ts';

export type { LogEntry } from './log/format-entry.ts';
export type { LogSink, Timeline } from './log/run-log.ts';
export type { LocalRun, LocalRunOptions, PollerControl, ScheduleControl } from './run/local-run.ts';
export { LocalRunStartError, type StartErrorCode } from './run/start-error.ts';

/**
 * Runs all services on a local cloud (or on the endpoint given), with the PhonePe sandbox and the storefront behind one
 * address. Resolves when everything is ready.
 *
 * Rejects with `LocalRunStartError` for what its caller can put right (a taken port, a data directory in use, a dead
 * endpoint, a second run in one process); whatever had started by then is stopped again.
 */
export async function startLocalRun(options: LocalRunOptions = {}): Promise<LocalRun> {
  const cleanup = createCleanup();
  try {
    return await startParts(options, cleanup);
  } catch (error) {
    // The failure to start is the news; what goes wrong while cleaning up would hide it.
    await cleanup.run().catch(() => undefined);
    throw error;
  }
}

const HOST = '127.0.0.1';
/** A machine that plays the whole stage may be slow at it. */
const PATIENCE = 10;
/** What running work gets when the run stops; together well under 1.5 s. */
const LAST_REQUESTS_MS = 300;
const LAST_RUNS_MS = 700;

/** Starts part after part; each leaves in `cleanup` how it is undone. */
async function startParts(options: LocalRunOptions, cleanup: Cleanup): Promise<LocalRun> {
  const clock = createRunClock();
  const runLog = createRunLog({
    clock,
    sink: options.log ?? writeToStdout,
    colors: options.log ? noColors : stdoutColors(),
  });
  const { logOf, platformOf, timeline } = runLog;

  const readPages = {
    storefront: createPageReader('storefront'),
    console: createPageReader('console'),
  };
  // A build that fails is told by the page that is asked for, with its words.
  const built =
    options.pages === 'at once'
      ? Promise.all(Object.values(readPages).map((read) => read().catch(() => undefined)))
      : undefined;

  const server = await startOnPort(
    { port: options.port ?? 0, isDefault: options.portIsDefault ?? false, flag: '--port' },
    (port) => listen(options.host ?? HOST, port),
  );
  cleanup.add(() => server.close({ waitMs: LAST_REQUESTS_MS }));
  const { url } = server;
  cleanup.add(stretchTimeLimits(options.patience ?? PATIENCE));

  const { aws, clients, provisioned } = await connectAws(
    options,
    topology,
    logOf('cloud'),
    cleanup,
  );
  const facts = buildStageFacts(topology, {
    url,
    frontends: options.frontends ?? [],
    retryScale: options.retryScale ?? 1,
    gatewayCallsPerSecond: options.gatewayCallsPerSecond ?? 25,
  });
  const demoData = options.demoData ?? true;
  const [secret, issuer] = await Promise.all([
    seedEverything({
      ...{ clients, topology, facts, provisioned, url, demoData },
      hasUserPool: aws.cloud !== undefined,
    }),
    startIssuer(url, facts, clock),
  ]);
  aws.cloud?.addUserPool(issuer.userPool);
  const sandbox = startSandbox({
    url,
    secret,
    routes: topology.routes,
    log: logOf('sandbox'),
    retryDelaysMs: options.webhookRetryDelaysMs,
    variant: options.webhookVariant,
    now: clock.now,
  });
  cleanup.add(sandbox.stop);

  const environmentOf = (name: FunctionName) => {
    const environment = buildFunctionEnvironment(
      findFunction(name),
      facts,
      provisioned.queues[name],
    );
    if (name !== 'notifications') return environment;
    // A delivery here may live longer than on AWS: only after that long is a mail that it claimed `unknown`.
    const longestLifeMs = timeLimitMs(findFunction(name).timeoutSeconds * 1000);
    return { ...environment, FUNCTION_TIMEOUT_MS: String(longestLifeMs) };
  };
  const { loadHandlers = buildHandlers } = options;
  const handlers = await loadHandlers(environmentOf, platformOf);
  const onAdvanced = async () => {
    const names = ['sweep', 'refundSweep', 'invoiceSweep', 'revenue'] as const;
    await Promise.all(names.map((name) => scheduler.runNow(name)));
  };
  const controls = Promise.withResolvers<LocalRun['pollers']>();
  const faults = createFaults({ environmentOf, platformOf, controls: controls.promise });
  const parts = {
    handlers,
    faults,
    facts,
    clients,
    sandbox,
    issuer,
    aws,
    clock,
    onAdvanced,
    readPages,
    url,
    logOf,
  };
  const { app, readAccount } = buildHttpApi(parts);
  const pollers = await startPollers({
    topology,
    provisioned,
    sqs: clients.sqs,
    handlerOf: (name) =>
      name === 'operations' ? handlers[name] : faults.wrap(name, handlers[name]),
    logOf,
  });
  const pollerControls = controlsOf(pollers);
  controls.resolve(pollerControls);
  const scheduler = startSchedules({
    topology,
    handlers,
    mode: options.schedules,
    nowMs: clock.nowMs,
    logOf,
  });
  const stopping = new AbortController();
  cleanup.add(async () => {
    stopping.abort(new Error('the run was stopped'));
    sandbox.stop();
    await Promise.all([
      server.close({ waitMs: LAST_REQUESTS_MS }),
      ...[...pollers, scheduler].map((each) => each.stop({ waitMs: LAST_RUNS_MS })),
    ]);
  });
  await built;
  server.serve(app);

  return {
    url,
    awsEndpoint: aws.address.endpoint,
    cloud: aws.cloud,
    sandbox,
    topology,
    provisioned,
    environmentOf,
    handlers,
    pollers: pollerControls,
    schedules: scheduleControlsOf(scheduler),
    timeline,
    readAccount,
    idle: () =>
      waitUntilIdle({
        // Asked of the queues themselves where they are in this process: a look is a fourth of all calls else.
        countMessages: async (url) => aws.cloud?.countMessages(url) ?? readCounts(clients.sqs, url),
        server,
        sandbox,
        pollers,
        scheduler,
        lostEvents: aws.cloud?.lostEvents ?? [],
        passTime: options.passTime,
        signal: stopping.signal,
      }),
    stop: cleanup.run,
  };
}
