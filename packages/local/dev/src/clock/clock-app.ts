import { parseJson } from '@cloudnestle/contracts/json';
import { Hono } from 'hono';
import * as z from 'zod';
import { methodNotAllowed } from '../http-api/error-answer.ts';
import { parseSpan, type RunClock } from './run-clock.ts';

const PATH = '/dev/clock';

const bodySchema = z.strictObject({ advance: z.string() });

/**
 * `GET /dev/clock` says what time it is in the run; `POST /dev/clock {"advance": "31d"}` moves the clock of functions, sandbox,
 * scheduler and token issuer on, so that a month can be seen to pass. `onAdvanced` is what the clock would have run meanwhile.
 */
export function createClockApp(clock: RunClock, onAdvanced: () => Promise<void>): Hono {
  const app = new Hono();
  const describe = () => ({ now: clock.now().toISOString(), aheadMs: clock.aheadMs() });
  app.get(PATH, (c) => c.json(describe()));
  app.post(PATH, async (c) => {
    const body = bodySchema.safeParse(parseJson(await c.req.text()));
    const ms = body.success ? parseSpan(body.data.advance) : undefined;
    if (ms === undefined) {
      const message =
        'The body is {"advance": "31d"}: a whole number of s, m, h or d, at most ten years.';
      return c.json({ message }, 400);
    }
    clock.advance(ms);
    await onAdvanced();
    return c.json(describe());
  });
  app.all(PATH, () => methodNotAllowed(['GET', 'POST']));
  return app;
}
