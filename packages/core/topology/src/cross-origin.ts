/** What a frontend's page may send and read across origins; the origins themselves are the stage's frontends. */
export const crossOrigin = {
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['content-type', 'authorization'],
  exposeHeaders: ['retry-after'],
  maxAgeSeconds: 300,
} as const;
