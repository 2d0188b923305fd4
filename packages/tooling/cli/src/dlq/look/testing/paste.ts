import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a shell makes of a pasted command, where the program only says what it was called with. */
export function paste(command: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'payments-pasted-'));
  try {
    writeFileSync(join(folder, 'payments'), `#!/bin/sh\nprintf '%s\\0' "$@"\n`, { mode: 0o755 });
    const called = execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    return called.split('\0').slice(0, -1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
