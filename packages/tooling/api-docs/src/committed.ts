const docsFolder = new URL('../../../../docs/', import.meta.url);

/** Where a document is committed. */
export const documentFile = (name: string) => new URL(`api/${name}`, docsFolder);

/** Pages whose facts are held to the code. */
export const frontendPage = new URL('frontend.md', docsFolder);
export const personalDataPage = new URL('personal-data.md', docsFolder);

/** What brings the committed files up to date. */
export const DOCS_COMMAND = 'pnpm run docs';
