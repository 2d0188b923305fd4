import type { Pulumi } from '../pulumi.ts';

/** Pulumi marks the wrapping of a secret value with this key. */
const SECRET_MARK = '4dabf18193072939515e22adb298388d';

/** A value that Pulumi hands to its engine as plain data. A secret is wrapped, assets and resources are only named. */
export function toPlain(
  value: unknown,
  options: { pulumi: Pulumi; hide: Readonly<Record<string, string>> },
): unknown {
  const { pulumi, hide } = options;
  if (typeof value === 'string') return hideIn(value, hide);
  if (Array.isArray(value)) return value.map((each) => toPlain(each, options));
  if (typeof value !== 'object' || value === null) return value;
  if (SECRET_MARK in value && 'value' in value) return { secret: toPlain(value.value, options) };
  if (pulumi.asset.Archive.isInstance(value)) return { asset: 'archive' };
  if (pulumi.asset.Asset.isInstance(value)) return { asset: 'file' };
  if (pulumi.Resource.isInstance(value)) return { resource: value.__name };
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) =>
      each === undefined ? [] : [[key, toPlain(each, options)]],
    ),
  );
}

function hideIn(text: string, hide: Readonly<Record<string, string>>): string {
  return Object.entries(hide)
    .reduce((rest, [found, shown]) => rest.replaceAll(found, shown), text)
    .replace(/-code-[0-9a-f]{64}\.zip/g, '-code-<hash>.zip');
}
