import type { Stage } from '../../config/read-stage.ts';

/** The id of the admins' user pool; one that the stage creates gets it from AWS, here it is made of its name. */
export function nameAdminPool({ config, names }: Stage): string {
  const { pool } = config.admins;
  if (pool.kind === 'existing') return pool.userPoolId;
  return `${config.region}_${names.nameOf('marketplace-payments-admins')}`;
}

/** Whether an admin can sign in from a terminal: only an existing pool may be without a client for it. */
export function hasTerminal({ config }: Stage): boolean {
  const { pool } = config.admins;
  return pool.kind === 'created' || pool.terminalClientId !== undefined;
}
