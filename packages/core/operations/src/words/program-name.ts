import { platform } from 'node:process';

/** What people type to run the command from the root of the clone; help and suggestions say it so. */
export const PROGRAM = platform === 'win32' ? String.raw`.\payments` : './payments';
