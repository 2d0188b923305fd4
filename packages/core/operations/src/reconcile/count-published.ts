import type { Publish } from '@cloudnestle/payments/build-events';

/** Counts what was put on the bus, at once: what breaks afterwards does not undo it. */
export function countPublished<Books extends { publish: Publish }>(
  books: Books,
  counts: { published: number },
): Books {
  return {
    ...books,
    publish: async (event) => {
      const answer = await books.publish(event);
      if (answer.kind === 'published') counts.published += 1;
      return answer;
    },
  };
}
