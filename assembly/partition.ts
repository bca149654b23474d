// Rows of a leaf sent to its two children, order kept.

/** rows[i] = i for i in [from, to). */
export function listRows(rows: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) store<u32>(rows + (<usize>i << 2), i);
}

/**
 * Splits rows[0, count) by goesLeft[bins[row]]: left rows first, right ones behind, each in the order they had. `spare` has room
 * for `count` rows. Returns the number of left rows.
 */
export function partition(rows: usize, count: i32, bins: usize, goesLeft: usize, spare: usize): i32 {
  const end = rows + (<usize>count << 2);
  let left = rows;
  let right = spare;
  for (let at = rows; at < end; at += 4) {
    const row = load<u32>(at);
    const isLeft = (<usize>load<u8>(goesLeft + <usize>load<u8>(bins + <usize>row))) << 2;
    store<u32>(left, row);
    store<u32>(right, row);
    left += isLeft;
    right += 4 - isLeft;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - rows) >> 2);
}
