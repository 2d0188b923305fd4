import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { formatCurl } from './format-curl.ts';

it('is one command for a shell that passes every byte on', () => {
  const body = `{"name":"O'Neill \\"$HOME\\" \`id\` \\\\ ₹"}`;
  const command = formatCurl("http://a.example/b?c='d'", {
    headers: { authorization: 'abc' },
    body: new TextEncoder().encode(body),
  });
  const script = `curl() { printf '%s\\n' "$@"; }\n${command}`;
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n')).toEqual([
    '--silent',
    '--show-error',
    '--include',
    '--request',
    'POST',
    "http://a.example/b?c='d'",
    '--header',
    'authorization: abc',
    '--data-binary',
    body,
  ]);
});
