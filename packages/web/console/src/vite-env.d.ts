declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}
declare module '*.css';

interface ImportMeta {
  /** Vite's: files by their paths, taken in when the page is built. */
  glob<Content>(
    pattern: string,
    options: { query: string; import: string; eager: true },
  ): Record<string, Content>;
}
