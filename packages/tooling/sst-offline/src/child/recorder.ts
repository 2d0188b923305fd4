import type { Graph } from '../graph/graph.ts';
import type { App } from './load-config.ts';
import { answerCall } from './mocks/answer-call.ts';
import { buildOutputs } from './mocks/resource-outputs.ts';
import type { Inputs, MockMonitor, Pulumi, RegisterRequest } from './pulumi.ts';

interface Recorded {
  type: string;
  name: string;
  inputs: Inputs;
  lookup: string | undefined;
}

interface Details {
  parent: string | undefined;
  isProtected: boolean;
  isRetained: boolean;
  dependsOn: string[];
}

interface Recorder {
  resources: Recorded[];
  detailsOf(resource: Recorded): Details | undefined;
}

/** From now on Pulumi's engine is played: it says yes to everything and everything is written down. */
export async function startRecorder(
  pulumi: Pulumi,
  monitor: MockMonitor,
  app: App,
  failures: Failures,
): Promise<Recorder> {
  const resources: Recorded[] = [];
  const details = recordDetails(monitor, failures);
  const mocks = {
    newResource: ({ type, name, inputs, id: lookup }: NewResource) => {
      if (type === 'pulumi:pulumi:Stack') return { id: name, state: inputs };
      resources.push({ type, name, inputs, lookup: lookup || undefined });
      return buildOutputs({ type, name, inputs, lookup }, app.region);
    },
    call: ({ token, inputs }: { token: string; inputs: Inputs }) => {
      const answer = answerCall(token, inputs, app.region);
      if (answer) return answer;
      // Pulumi drops the message of what is thrown here.
      failures.add(`no stand-in answers ${token}`);
      throw new Error(token);
    },
  };
  await pulumi.runtime.setMocks(mocks, app.name, app.stage, false, 'organization');
  return { resources, detailsOf: ({ type, name }) => details.get(`${type}::${name}`) };
}

interface NewResource {
  type: string;
  name: string;
  inputs: Inputs;
  id?: string;
}

/** What requests carry beyond what mocks are shown. Two of one type and name would be refused by the engine. */
function recordDetails({ prototype }: MockMonitor, failures: Failures): Map<string, Details> {
  const details = new Map<string, Details>();
  const register = prototype.registerResource;
  prototype.registerResource = function (request: RegisterRequest, callback) {
    const key = `${request.getType()}::${request.getName()}`;
    if (details.has(key)) failures.add(`two resources are called ${key}`);
    details.set(key, {
      parent: lastPart(request.getParent()) || undefined,
      isProtected: request.getProtect(),
      isRetained: request.getRetainondelete(),
      dependsOn: [...new Set(request.getDependenciesList().map(lastPart))].toSorted(),
    });
    return register.call(this, request, callback);
  };
  return details;
}

function lastPart(urn: string): string {
  return urn.split('::').at(-1) ?? '';
}

/** What was recorded, as plain data in a stable order and without anything of this machine or run. */
export function toGraph(options: {
  app: App;
  recorder: Recorder;
  outputs: Record<string, unknown>;
  pulumi: Pulumi;
  /** Texts that are replaced wherever they stand. */
  hide: Readonly<Record<string, string>>;
}): Graph {
  const { app, recorder, outputs, pulumi, hide } = options;
  const { name, stage, removal, protect, region } = app;
  const plain = (value: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(value).flatMap(([key, each]) =>
        each === undefined ? [] : [[key, toPlain(each, { pulumi, hide })]],
      ),
    );
  const resources = recorder.resources.map((resource) => {
    const details = recorder.detailsOf(resource);
    return {
      type: resource.type,
      name: resource.name,
      inputs: plain(resource.inputs),
      ...(details?.parent === undefined ? {} : { parent: details.parent }),
      ...(resource.lookup === undefined ? {} : { lookup: resource.lookup }),
      isProtected: details?.isProtected ?? false,
      isRetained: details?.isRetained ?? false,
      dependsOn: details?.dependsOn ?? [],
    };
  });
  const keyOf = (resource: { type: string; name: string }) => `${resource.type} ${resource.name}`;
  return {
    app: { name, stage, removal, protect, region },
    resources: resources.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    outputs: plain(outputs),
  };
}

/** Pulumi marks the wrapping of a secret value with this key. */
const SECRET_MARK = '4dabf18193072939515e22adb298388d';

/** A value that Pulumi hands to its engine as plain data. A secret is wrapped, assets and resources are only named. */
function toPlain(
  value: unknown,
  options: { pulumi: Pulumi; hide: Readonly<Record<string, string>> },
): unknown {
  const { pulumi, hide } = options;
  if (typeof value === 'string') return hideIn(value, hide);
  if (Array.isArray(value)) return value.map((each) => toPlain(each, options));
  if (typeof value !== 'object' || value === null) return value;
  if (SECRET_MARK in value && 'value' in value) return { secret: toPlain(value.value, options) };
  if (pulumi.asset.Archive.isInstance(value)) return { asset: 'archive' };
  if (pulumi.asset.Asset.isInstance(value)) return { asset: 'file' };
  if (pulumi.Resource.isInstance(value)) return { resource: value.__name };
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) =>
      each === undefined ? [] : [[key, toPlain(each, options)]],
    ),
  );
}

function hideIn(text: string, hide: Readonly<Record<string, string>>): string {
  return Object.entries(hide)
    .reduce((rest, [found, shown]) => rest.replaceAll(found, shown), text)
    .replace(/-code-[0-9a-f]{64}\.zip/g, '-code-<hash>.zip');
}

/** What went wrong anywhere in an evaluation; Pulumi drops much of it on its own. */
interface Failures {
  add(failure: unknown): void;
  isEmpty(): boolean;
  toText(): string;
}

/** Collects from now on, uncaught errors included. */
export function collectFailures(): Failures {
  const texts = new Set<string>();
  const add = (failure: unknown) => {
    texts.add(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure));
  };
  process.on('uncaughtException', add);
  process.on('unhandledRejection', add);
  return { add, isEmpty: () => texts.size === 0, toText: () => [...texts].join('\n\n') };
}
