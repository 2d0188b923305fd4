import { defaultIndexNames } from '@cloudnestle/topology/tables';
import type { IndexKey } from '@cloudnestle/topology/types';
import type { Stage } from './config/read-stage.ts';

/** The ARN of an index as this stage calls it. */
export function indexArn(
  { config }: Stage,
  table: sst.aws.Dynamo,
  index: IndexKey,
): $util.Output<string> {
  return $interpolate`${table.arn}/index/${config.indexNames[index] ?? defaultIndexNames[index]}`;
}
