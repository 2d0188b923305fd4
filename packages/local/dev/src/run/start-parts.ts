import { stretchTimeLimits } from '@cloudnestle/payments/time-limits';
import { buildFunctionEnvironment } from '@cloudnestle/topology/function-environment';
import { findFunction } from '@cloudnestle/topology/functions';
import { topology } from '@cloudnestle/topology/topology';
import type { FunctionName } from '@cloudnestle/topology/types';
import { connectAws } from '../aws/connect-aws.ts';
import { buildHandlers } from '../build-handlers.ts';
import { listen } from '../gateway/listen.ts';
import { noColors, stdoutColors } from '../log/colors.ts';
import { createRunLog } from '../log/create-run-log.ts';
import { writeToStdout } from '../log/sink.ts';
import { seedEverything } from '../seed/seed-everything.ts';
import { buildStageFacts } from '../stage-facts.ts';
import { buildGateway } from './build-gateway.ts';
import type { Cleanup } from './create-cleanup.ts';
import type { LocalRun } from './local-run.ts';
import type { LocalRunOptions } from './options.ts';
import { startOnPort } from './pick-port.ts';
import { startIssuer } from './start-issuer.ts';
import { controlsOf, startPollers } from './start-pollers.ts';
import { startSandbox } from './start-sandbox.ts';
import { scheduleControlsOf, startSchedules } from './start-schedules.ts';
import { waitUntilIdle } from './wait-until-idle.ts';

const HOST = '127.0.0.1';
/** A machine that plays the whole stage may be slow at it. */
const PATIENCE = 10;
/** What running work gets when the run stops; together well under 1.5 s. */
const LAST_REQUESTS_MS = 300;
const LAST_RUNS_MS = 700;

/** Starts part after part; each leaves in `cleanup` how it is undone. */
export async function startParts(options: LocalRunOptions, cleanup: Cleanup): Promise<LocalRun> {
  const runLog = createRunLog({
    sink: options.log ?? writeToStdout,
    colors: options.log ? noColors : stdoutColors(),
  });
  const { logOf, platformOf, timeline } = runLog;

  const gateway = await startOnPort(
    { port: options.port ?? 0, isDefault: options.portIsDefault ?? false, flag: '--port' },
    (port) => listen(options.host ?? HOST, port),
  );
  cleanup.add(() => gateway.close({ waitMs: LAST_REQUESTS_MS }));
  const { url } = gateway;
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
    startIssuer(url, facts),
  ]);
  aws.cloud?.addUserPool(issuer.userPool);
  const sandbox = startSandbox({
    url,
    secret,
    routes: topology.routes,
    log: logOf('sandbox'),
    retryDelaysMs: options.webhookRetryDelaysMs,
    variant: options.webhookVariant,
  });
  cleanup.add(sandbox.stop);

  const environmentOf = (name: FunctionName) =>
    buildFunctionEnvironment(findFunction(name), facts, provisioned.queues[name]);
  const { loadHandlers = buildHandlers } = options;
  const handlers = await loadHandlers(environmentOf, platformOf);
  const parts = { handlers, facts, clients, sandbox, issuer, aws, logOf };
  const { app, readAccount } = buildGateway(parts);
  const pollers = await startPollers({
    topology,
    provisioned,
    sqs: clients.sqs,
    handlerOf: (name) => handlers[name],
    logOf,
  });
  const scheduler = startSchedules({ topology, handlers, mode: options.schedules, logOf });
  const stopping = new AbortController();
  cleanup.add(async () => {
    stopping.abort(new Error('the run was stopped'));
    sandbox.stop();
    await Promise.all([
      gateway.close({ waitMs: LAST_REQUESTS_MS }),
      ...[...pollers, scheduler].map((each) => each.stop({ waitMs: LAST_RUNS_MS })),
    ]);
  });
  gateway.serve(app);

  return {
    url,
    awsEndpoint: aws.address.endpoint,
    cloud: aws.cloud,
    sandbox,
    topology,
    provisioned,
    environmentOf,
    handlers,
    pollers: controlsOf(pollers),
    schedules: scheduleControlsOf(scheduler),
    timeline,
    readAccount,
    idle: () =>
      waitUntilIdle({
        sqs: clients.sqs,
        gateway,
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
