import type { AnswerBody } from '../route.js';

/** A body that comes in one piece as that piece, with its length; else in pieces, two of them made. */
export async function wholeOrPieces(pieces: AsyncGenerator<string | Uint8Array>): Promise<AnswerBody> {
  const made: (string | Uint8Array)[] = [];
  let length = 0;
  while (length < SMALL) {
    const next = await pieces.next();
    if (next.done) return joined(made);
    made.push(next.value);
    length += next.value.length;
  }
  return (async function* () {
    try {
      yield* made;
      yield* pieces;
    } finally {
      await pieces.return(undefined);
    }
  })();
}

/** Characters or bytes that are not worth sending in pieces. */
const SMALL = 65_536;

function joined(pieces: readonly (string | Uint8Array)[]): string | Uint8Array {
  if (pieces.every((piece) => typeof piece === 'string')) return pieces.join('');
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece as Uint8Array)));
}
