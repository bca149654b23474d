// Finds the cells of rows, 16 bytes at a time.

const LF: i32 = 0x0a;
const CR: i32 = 0x0d;
const BARE: u8 = 0;
const QUOTED: u8 = 1;
const ESCAPED: u8 = 2;

/**
 * Puts the cells of the rows that start in [position, limit) into a block, until it is full; returns 1 where the row at the position
 * is for others to read, be it odd or at the end of the text, else 0.
 * `state` is u32 address of the text, i32 position, i32 limit, i32 length, u32 address of the cells' bounds (a pair of i32 each),
 * u32 address of their marks, i32 columns, i32 rows that fit, i32 rows filled.
 */
export function readRows(state: usize, dialect: usize): i32 {
  const text = <usize>load<u32>(state);
  const limit = text + <usize>load<i32>(state, 8);
  const end = text + <usize>load<i32>(state, 12);
  const rowBytes = <usize>load<i32>(state, 24) << 3;
  const capacity = load<i32>(state, 28);
  const delimiter = load<i32>(dialect);
  const quote = load<i32>(dialect, 4);
  const comment = load<i32>(dialect, 8);
  const maxCellBytes = <usize>load<i32>(dialect, 12);
  const delimiters = i8x16.splat(<i8>delimiter);
  const quotes = i8x16.splat(<i8>quote);
  const lfs = i8x16.splat(<i8>LF);
  const crs = i8x16.splat(<i8>CR);
  let nRows = load<i32>(state, 32);
  let cell = <usize>load<u32>(state, 16) + <usize>nRows * rowBytes;
  let mark = <usize>load<u32>(state, 20) + ((<usize>nRows * rowBytes) >> 3);
  let position = text + <usize>load<i32>(state, 4);
  let isOdd = 0;
  while (nRows < capacity && position < limit) {
    const first = <i32>load<u8>(position);
    if (first == LF || first == CR) {
      position += 1;
      continue;
    }
    isOdd = 1;
    if (first == comment) break;
    const rowEnd = cell + rowBytes;
    let at = position;
    let byte = first;
    let next = cell;
    let nextMark = mark;
    for (;;) {
      let start = at;
      let how = BARE;
      if (byte == quote) {
        start = at + 1;
        how = QUOTED;
        at = start;
        for (;;) {
          let mask = i8x16.bitmask(i8x16.eq(v128.load(at), quotes));
          while (mask == 0 && at < end) {
            at += 16;
            mask = i8x16.bitmask(i8x16.eq(v128.load(at), quotes));
          }
          at += <usize>ctz(mask);
          if (at >= end || <i32>load<u8>(at, 1) != quote) break;
          how = ESCAPED;
          at += 2;
        }
        store<i32>(next, <i32>(at - text), 4);
        if (at - start > maxCellBytes) break;
        at += 1;
      } else {
        for (;;) {
          const chunk = v128.load(at);
          const marks = v128.or(
            i8x16.eq(chunk, delimiters),
            v128.or(i8x16.eq(chunk, lfs), i8x16.eq(chunk, crs)),
          );
          const mask = i8x16.bitmask(marks);
          if (mask != 0) {
            at += <usize>ctz(mask);
            break;
          }
          at += 16;
          if (at >= end) break;
        }
        store<i32>(next, <i32>(at - text), 4);
        if (at - start > maxCellBytes) break;
      }
      store<i32>(next, <i32>(start - text));
      store<u8>(nextMark, how);
      // A line end in the last byte may be half of one.
      if (at + 1 >= end) break;
      next += 8;
      nextMark += 1;
      byte = <i32>load<u8>(at);
      at += 1;
      if (byte == delimiter) {
        if (next == rowEnd) break;
        byte = <i32>load<u8>(at);
        continue;
      }
      if (next == rowEnd && (byte == LF || byte == CR)) isOdd = 0;
      break;
    }
    if (isOdd) break;
    position = at;
    cell = next;
    mark = nextMark;
    nRows += 1;
  }
  store<i32>(state, <i32>(position - text), 4);
  store<i32>(state, nRows, 32);
  return isOdd;
}
