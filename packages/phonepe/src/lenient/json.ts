/** Parses JSON; `undefined` for anything else (a bare word, HTML, nothing). Of a repeated key the last value counts. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
