import { parseJson } from '@cloudnestle/contracts/json';
import { subscriberNames } from '@cloudnestle/topology/subscribers';
import { Hono } from 'hono';
import * as z from 'zod';
import { methodNotAllowed } from '../http-api/error-answer.ts';
import { type Faults, faultModes } from './create-faults.ts';

export const FAULTS_PATH = '/dev/faults';

const bodySchema = z.strictObject({
  subscriber: z.enum(subscriberNames),
  mode: z.enum(faultModes),
});

/**
 * `GET /dev/faults` says how each subscriber is; `POST /dev/faults {"subscriber": "tiers", "mode": "failing"}` breaks one on purpose,
 * `"off"` leaves its messages waiting, `"well"` mends it.
 */
export function createFaultsApp(faults: Faults): Hono {
  const app = new Hono();
  const describe = () => ({
    subscribers: Object.fromEntries(subscriberNames.map((name) => [name, faults.modeOf(name)])),
  });
  app.get(FAULTS_PATH, (c) => c.json(describe()));
  app.post(FAULTS_PATH, async (c) => {
    const body = bodySchema.safeParse(parseJson(await c.req.text()));
    if (!body.success) {
      const message = `The body is {"subscriber": "tiers", "mode": "failing"}: one of ${subscriberNames.join(', ')}, and ${faultModes.join(', ')}.`;
      return c.json({ message }, 400);
    }
    await faults.set(body.data.subscriber, body.data.mode);
    return c.json(describe());
  });
  app.all(FAULTS_PATH, () => methodNotAllowed(['GET', 'POST']));
  return app;
}
