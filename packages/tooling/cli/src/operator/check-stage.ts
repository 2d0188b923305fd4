import { CliError } from '../cli-error.ts';

/** Throws a `CliError` where the operator names another stage than the one that the environment leads to. */
export function checkStage(meant: string | undefined, stage: string): void {
  if (meant === undefined || meant === stage) return;
  throw new CliError(`You mean the stage ${meant}, and this is ${stage}. Nothing was changed.`);
}
