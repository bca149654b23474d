import type { AnswerBody } from './route.js';

/** A body that comes piece by piece. */
export type Pieces = Exclude<AnswerBody, string | Uint8Array>;

/** Whether a body comes piece by piece. */
export function isInPieces(body: AnswerBody): body is Pieces {
  return typeof body === 'object' && Symbol.asyncIterator in body;
}

/**
 * Waits for the first piece, and gives a body that begins with it: what the first piece throws can still be answered.
 * @param ended called once when the body is over: whole, left by its reader, or with what a later piece threw
 */
export async function startPieces(body: Pieces, ended: (error?: unknown) => void): Promise<Pieces> {
  const source = body[Symbol.asyncIterator]();
  let first: ReturnType<typeof source.next> | undefined = Promise.resolve(await source.next());
  let isOver = false;

  function over(error?: unknown): void {
    if (isOver) return;
    isOver = true;
    ended(error);
  }

  const iterator: ReturnType<Pieces[typeof Symbol.asyncIterator]> = {
    async next() {
      const taken = first ?? source.next();
      first = undefined;
      try {
        const piece = await taken;
        if (piece.done) over();
        return piece;
      } catch (error) {
        over(error);
        throw error;
      }
    },
    async return() {
      over();
      await source.return?.();
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

/** Ends a body that nobody will read, such as that of an answer to HEAD. */
export async function leavePieces(pieces: Pieces): Promise<void> {
  await pieces[Symbol.asyncIterator]()
    .return?.()
    .catch(() => {});
}
