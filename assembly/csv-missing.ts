// Tells whether a cell is one of the tokens that mean "no value".

/** Whether bytes [start, end), without spaces around them, are a token of the dialect. */
export function isMissing(start: usize, end: usize, dialect: usize): bool {
  const length = <i32>(end - start);
  if (length == 0) return load<i32>(dialect, 20) != 0;
  const lengths = load<u32>(<usize>load<u32>(dialect, 32) + (<usize>load<u8>(start) << 2));
  if ((lengths & (1 << <u32>min(length, 31))) == 0) return false;
  let token = <usize>load<u32>(dialect, 36);
  for (let n = load<i32>(dialect, 28); n > 0; n--) {
    if (load<i32>(token, 4) == length && memory.compare(<usize>load<u32>(token), start, length) == 0) return true;
    token += 8;
  }
  return false;
}

/** The first byte in [start, end) that is no space or tab, or `end`. */
export function trimmedStart(start: usize, end: usize): usize {
  while (start < end && isBlank(load<u8>(start))) start += 1;
  return start;
}

/** The byte after the last one in [start, end) that is no space or tab, or `start`. */
export function trimmedEnd(start: usize, end: usize): usize {
  while (end > start && isBlank(load<u8>(end - 1))) end -= 1;
  return end;
}

// @ts-expect-error: decorator
@inline
function isBlank(byte: u8): bool {
  return byte == 0x20 || byte == 0x09;
}
