import { buildAsyncApi } from './asyncapi/build-asyncapi.ts';
import { buildOpenApi } from './openapi/build-openapi.ts';

/** The documents, by their files' names. */
export const documents = { 'openapi.json': buildOpenApi, 'asyncapi.json': buildAsyncApi };
