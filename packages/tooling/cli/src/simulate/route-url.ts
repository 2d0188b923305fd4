import { routes } from '@cloudnestle/topology/routes';
import type { HttpFunctionName } from '@cloudnestle/topology/types';

/** Where a stage answers for a function, its one path parameter filled in. */
export function routeUrl(apiUrl: string, name: HttpFunctionName, parameter = ''): string {
  const found = routes.find((each) => each.function === name);
  if (!found) throw new Error(`no route leads to ${name}`);
  const path = found.path.replace(/\{\w+\}/, encodeURIComponent(parameter));
  return `${apiUrl.replace(/\/+$/, '')}${path}`;
}
