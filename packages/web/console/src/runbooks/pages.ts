const files = import.meta.glob<string>('../../../../../docs/runbooks/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The runbooks as they are written, by their names. A chunk of its own: loaded when the first one is opened. */
export const runbooks: ReadonlyMap<string, string> = new Map(
  Object.entries(files).map(([path, text]) => [path.replace(/^.*\/|\.md$/g, ''), text]),
);
