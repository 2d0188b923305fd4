import { expect, test } from 'vitest';
import { startOnPort } from './pick-port.ts';

const flag = '--port';

test('a port that was asked for is the only one tried', async () => {
  const tried: number[] = [];
  await expect(
    startOnPort({ port: 3000, isDefault: false, flag }, refuseBelow(3001, tried)),
  ).rejects.toMatchObject({ code: 'PORT_TAKEN' });
  expect(tried).toEqual([3000]);
});

test('a default port gives way to the first free one above it', async () => {
  const choice = { port: 3000, isDefault: true, flag };
  expect(await startOnPort(choice, refuseBelow(3003, []))).toBe(3003);
});

test('a hundred taken ports in a row are an error that names them', async () => {
  const choice = { port: 3000, isDefault: true, flag };
  await expect(startOnPort(choice, refuseBelow(9999, []))).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringContaining('Ports 3000 to 3099 are already in use'),
  });
});

test('a port the system refuses is said so', async () => {
  const refuse = async () => {
    throw Object.assign(new Error('no'), { code: 'EACCES' });
  };
  await expect(startOnPort({ port: 80, isDefault: true, flag }, refuse)).rejects.toMatchObject({
    code: 'PORT_REFUSED',
  });
});

test('any other failure is passed on', async () => {
  const fail = async () => {
    throw new RangeError('port out of range');
  };
  await expect(startOnPort({ port: 1, isDefault: true, flag }, fail)).rejects.toThrow(RangeError);
});

function refuseBelow(firstFree: number, tried: number[]) {
  return async (port: number) => {
    tried.push(port);
    if (port < firstFree) throw Object.assign(new Error('taken'), { code: 'EADDRINUSE' });
    return port;
  };
}
