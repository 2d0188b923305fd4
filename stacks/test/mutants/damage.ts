import type { Graph, Resource } from '@cloudnestle/sst-offline/graph/graph';

/** A copy of a graph in which something is broken. */
type Damage = (graph: Graph) => Graph;

/** Changes inputs of the resource of that logical name, as a mistake in a stack would. Throws where it is not there. */
export function changeInputs(name: string, change: Record<string, unknown>): Damage {
  return changeResource(name, (resource) => ({
    ...resource,
    inputs: { ...resource.inputs, ...change },
  }));
}

/** Replaces text without quotes wherever it stands in the resource's inputs. Throws where it stands nowhere. */
export function replaceText(name: string, found: string, put: string): Damage {
  return changeResource(name, (resource) => {
    const before = JSON.stringify(resource.inputs);
    const after = before.replaceAll(found, put);
    if (after === before) throw new Error(`${name} says nowhere ${found}`);
    return { ...resource, inputs: JSON.parse(after) };
  });
}

export function changeResource(name: string, change: (resource: Resource) => Resource): Damage {
  return (graph) => {
    if (!graph.resources.some((each) => each.name === name)) throw new Error(`there is no ${name}`);
    return {
      ...graph,
      resources: graph.resources.map((each) => (each.name === name ? change(each) : each)),
    };
  };
}

export function removeResource(name: string): Damage {
  return (graph) => {
    if (!graph.resources.some((each) => each.name === name)) throw new Error(`there is no ${name}`);
    return { ...graph, resources: graph.resources.filter((each) => each.name !== name) };
  };
}

export function addResource(resource: Pick<Resource, 'type' | 'name' | 'inputs'>): Damage {
  const rest = { isProtected: false, isRetained: false, dependsOn: [] };
  return (graph) => ({ ...graph, resources: [...graph.resources, { ...resource, ...rest }] });
}

/** Mistakes by the promise they break; each is said as what is found. */
export type Mutants = Readonly<Record<string, Readonly<Record<string, Damage>>>>;
