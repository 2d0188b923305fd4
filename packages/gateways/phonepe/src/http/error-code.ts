import * as z from 'zod';
import { parseJson } from '../lenient/json.ts';
import { optionalText } from '../lenient/text.ts';

const errorSchema = z.object({ code: optionalText, errorCode: optionalText });
/** Codes go into log lines: words and numbers only, so that a page or a message never gets there. */
const CODE = /^[\w ./-]{1,64}$/;

/** PhonePe's word for an error: from `{code}` or `{errorCode}`, or a bare string; else `HTTP_` and the status. */
export function readErrorCode(body: string, status: number): string {
  const json = parseJson(body);
  const parsed = errorSchema.safeParse(json);
  const bare = typeof json === 'string' ? json : body.trim();
  const code = parsed.success ? (parsed.data.code ?? parsed.data.errorCode) : bare;
  return code !== undefined && CODE.test(code) ? code : `HTTP_${status}`;
}
