import type { Graph } from '../../graph/graph.ts';
import type { App } from '../load-app.ts';
import type { Pulumi } from '../pulumi.ts';
import type { Recorder } from './start-recorder.ts';
import { toPlain } from './to-plain.ts';

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
