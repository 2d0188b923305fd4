/** Where PhonePe's API is below a sandbox's base path. */
export const API_PATH = '/apis/pg-sandbox';

/** Where the control calls are below it. */
export const CONTROL_PATH = '/control';

/** The address of the control calls beside an API address, or undefined where no sandbox would have such an API. */
export function controlUrlOf(apiUrl: string): string | undefined {
  const trimmed = apiUrl.replace(/\/+$/, '');
  return trimmed.endsWith(API_PATH)
    ? `${trimmed.slice(0, -API_PATH.length)}${CONTROL_PATH}`
    : undefined;
}
