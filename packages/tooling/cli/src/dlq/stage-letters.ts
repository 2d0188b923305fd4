import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import * as operations from '@cloudnestle/operations/letters/stage-letters';
import type { ClientSource } from '@cloudnestle/runtime/clients/factories';
import { tell } from '../output/print.ts';
import { shell } from '../shell.ts';

/** The letters of a stage, read at the pace of the command that is running. */
export function connectLetters(
  stage: EnvironmentSecret,
  clients?: ClientSource,
): operations.StageLetters {
  const { longPollSeconds } = shell().pace;
  return operations.connectLetters(stage, { clients, longPollSeconds, warn: tell });
}
