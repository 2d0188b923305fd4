import type { Check } from './check.ts';

/** No two resources of a kind want one name: AWS would refuse the second in the middle of a deployment. */
export const checkNames: Check = (graph) => {
  const named = graph.resources.flatMap(({ type, inputs, name, lookup }) =>
    type.startsWith('aws:') && typeof inputs.name === 'string' && lookup === undefined
      ? [{ key: `${type} ${inputs.name}`, name }]
      : [],
  );
  return [...Map.groupBy(named, ({ key }) => key)].flatMap(([key, all]) =>
    all.length > 1 ? [`${all.map(({ name }) => name).join(' and ')} are both ${key}`] : [],
  );
};
