// Batch scoring over raw addresses. QuickScorer (Lucchese et al., SIGIR 2015) with the byte planes of RapidScorer (Ye et al.,
// KDD 2018): 16 rows a vector, each row's value replaced by its rank among the thresholds of its feature. Callers own the layout;
// src/boosting/scoring/quick-program.ts documents it.

/** Ranks are bytes offset by 128, since WebAssembly has a fast compare for signed bytes only. */
const MISSING_LEFT: i32 = -128;
const MISSING_RIGHT: i32 = 127;
/** Adding it leaves a float64 in [0, 2^31) rounded to an integer in its low 32 bits. */
const MAGIC: f64 = 4503599627370496.0;

/**
 * Writes each value's rank, the number of thresholds below it, to `left` and `right` (one of them may be 0), where a missing value
 * gets the rank that goes left or right at every node. `count` is rounded up to a multiple of 4.
 * `grid` is f64 lowest threshold, f64 cells a unit, f64 last cell, i32 first step of the search, u32 address of the thresholds,
 * ascending and filled up with +Infinity, u32 address of each cell's first threshold, a byte each. A value's cell bounds the
 * thresholds below it; the rest are searched by halving steps.
 */
function rank<T>(values: usize, count: i32, grid: usize, left: usize, right: usize): void {
  const half = load<i32>(grid, 24);
  const column = left ? left : right;
  let missing: v128;
  if (half == 1) missing = rankPresent<T>(values, count, grid, 1, column);
  else if (half == 2) missing = rankPresent<T>(values, count, grid, 2, column);
  else missing = rankPresent<T>(values, count, grid, half, column);
  if (left && right) memory.copy(right, left, count);
  if (!v128.any_true(missing)) return;
  for (let i = 0; i < count; i++) {
    const value = load<T>(values + <usize>i * sizeof<T>());
    if (value == value) continue;
    if (left) store<u8>(left + i, MISSING_LEFT);
    if (right) store<u8>(right + i, MISSING_RIGHT);
  }
}

/** Ranks of values that are not NaN; returns whether some are, as a mask. */
// @ts-expect-error: decorator
@inline
function rankPresent<T>(values: usize, count: i32, grid: usize, half: i32, column: usize): v128 {
  const low = v128.load_splat<u64>(grid);
  const scale = v128.load_splat<u64>(grid, 8);
  const last = v128.load_splat<u64>(grid, 16);
  const thresholds = <usize>load<u32>(grid, 28);
  const first = <usize>load<u32>(grid, 32);
  const zero = f64x2.splat(0);
  const magic = f64x2.splat(MAGIC);
  let missing = i32x4.splat(0);
  for (const end = column + count; column < end; column += 4) {
    const a = load2<T>(values);
    const b = load2<T>(values + sizeof<T>() * 2);
    values += sizeof<T>() * 4;
    missing = v128.or(missing, v128.or(f64x2.ne(a, a), f64x2.ne(b, b)));
    const cellsA = f64x2.add(f64x2.pmin(f64x2.pmax(zero, f64x2.mul(f64x2.sub(a, low), scale)), last), magic);
    const cellsB = f64x2.add(f64x2.pmin(f64x2.pmax(zero, f64x2.mul(f64x2.sub(b, low), scale)), last), magic);
    const rank0 = search(f64x2.extract_lane(a, 0), first + <usize>i32x4.extract_lane(cellsA, 0), half, thresholds);
    const rank1 = search(f64x2.extract_lane(a, 1), first + <usize>i32x4.extract_lane(cellsA, 2), half, thresholds);
    const rank2 = search(f64x2.extract_lane(b, 0), first + <usize>i32x4.extract_lane(cellsB, 0), half, thresholds);
    const rank3 = search(f64x2.extract_lane(b, 1), first + <usize>i32x4.extract_lane(cellsB, 2), half, thresholds);
    store<u32>(column, (rank0 | (rank1 << 8) | (rank2 << 16) | (rank3 << 24)) ^ 0x80808080);
  }
  return missing;
}

// @ts-expect-error: decorator
@inline
function load2<T>(values: usize): v128 {
  if (sizeof<T>() == 8) return v128.load(values);
  return f64x2.promote_low_f32x4(v128.load64_zero(values));
}

// @ts-expect-error: decorator
@inline
function search(value: f64, first: usize, half: i32, thresholds: usize): i32 {
  let at = <i32>load<u8>(first);
  if (half == 2) at += <i32>(value > load<f64>(thresholds + (<usize>at << 3), 8)) << 1;
  if (half <= 2) return at + <i32>(value > load<f64>(thresholds + (<usize>at << 3)));
  for (let step = half; step > 0; step >>= 1) {
    at += value > load<f64>(thresholds + (<usize>(at + step - 1) << 3)) ? step : 0;
  }
  return at;
}

export function rank32(values: usize, count: i32, grid: usize, left: usize, right: usize): void {
  rank<f32>(values, count, grid, left, right);
}

export function rank64(values: usize, count: i32, grid: usize, left: usize, right: usize): void {
  rank<f64>(values, count, grid, left, right);
}

/** Bytes of a row column of one step: 64 rows, 4 vectors. */
const STEP: i32 = 64;

/**
 * Adds one leaf value a row and tree to `sums` (f64), each sum rounded to float32 where `float32` is not 0. `program` holds for
 * each tree: u32 planes, u32 address of its leaf values, u32 address of the sums; then for each plane of 8 leaves, the last plane
 * first: u32 rank operations, u32 set operations, and the operations themselves.
 * A rank operation is 8 bytes: u32 offset of the rank column, i8 rank from which rows go right, u8 leaves of this plane that stay
 * where they do. A set operation is 16 bytes: u32 offsets of the columns that `levels` writes, u32 address of the bit set, u8 its
 * length in 16 bytes, u8 leaves that stay. A symmetric tree has 0 planes; it is u32 and a list of rank operations, one a level from
 * the root.
 */
export function addTrees(program: usize, nTrees: i32, ranks: usize, nRows: i32, scratch: usize, float32: i32): void {
  for (let tree = 0; tree < nTrees; tree++) {
    const nPlanes = load<i32>(program);
    const leafValues = <usize>load<u32>(program, 4);
    const sums = <usize>load<u32>(program, 8);
    program += 12;
    let end = program;
    for (let row = 0; row < nRows; row += STEP) {
      if (nPlanes) end = findLeaves(program, nPlanes, ranks + row, scratch);
      else end = findSymmetricLeaves(program, ranks + row, scratch);
      const at = sums + (<usize>row << 3);
      if (float32) addLeavesRounded(scratch, leafValues, at);
      else addLeaves(scratch, leafValues, at);
    }
    program = end;
  }
}

/** Writes the leaf of 64 rows, one byte each, and returns the end of the tree's program. */
// @ts-expect-error: decorator
@inline
function findLeaves(program: usize, nPlanes: i32, ranks: usize, scratch: usize): usize {
  const zero = i8x16.splat(0);
  let bits0 = zero;
  let bits1 = zero;
  let bits2 = zero;
  let bits3 = zero;
  let base0 = zero;
  let base1 = zero;
  let base2 = zero;
  let base3 = zero;
  for (let plane = nPlanes - 1; plane >= 0; plane--) {
    const sets = program + 8 + (<usize>load<u32>(program) << 3);
    const end = sets + (<usize>load<u32>(program, 4) << 4);
    let plane0 = i8x16.splat(-1);
    let plane1 = plane0;
    let plane2 = plane0;
    let plane3 = plane0;
    for (program += 8; program < sets; program += 8) {
      const column = ranks + <usize>load<u32>(program);
      const from = v128.load_splat<u8>(program, 4);
      const kept = v128.load_splat<u8>(program, 5);
      plane0 = v128.and(plane0, v128.or(i8x16.gt_s(from, v128.load(column)), kept));
      plane1 = v128.and(plane1, v128.or(i8x16.gt_s(from, v128.load(column, 16)), kept));
      plane2 = v128.and(plane2, v128.or(i8x16.gt_s(from, v128.load(column, 32)), kept));
      plane3 = v128.and(plane3, v128.or(i8x16.gt_s(from, v128.load(column, 48)), kept));
    }
    for (; program < end; program += 16) {
      const bytes = ranks + <usize>load<u32>(program);
      const bits = ranks + <usize>load<u32>(program, 4);
      const table = <usize>load<u32>(program, 8);
      const last = table + (<usize>load<u8>(program, 12) << 4);
      const kept = v128.load_splat<u8>(program, 13);
      plane0 = v128.and(plane0, v128.or(isInSet(v128.load(bytes), v128.load(bits), table, last), kept));
      plane1 = v128.and(plane1, v128.or(isInSet(v128.load(bytes, 16), v128.load(bits, 16), table, last), kept));
      plane2 = v128.and(plane2, v128.or(isInSet(v128.load(bytes, 32), v128.load(bits, 32), table, last), kept));
      plane3 = v128.and(plane3, v128.or(isInSet(v128.load(bytes, 48), v128.load(bits, 48), table, last), kept));
    }
    const base = i8x16.splat(<i8>(plane << 3));
    const empty0 = i8x16.eq(plane0, zero);
    const empty1 = i8x16.eq(plane1, zero);
    const empty2 = i8x16.eq(plane2, zero);
    const empty3 = i8x16.eq(plane3, zero);
    bits0 = v128.bitselect(bits0, plane0, empty0);
    bits1 = v128.bitselect(bits1, plane1, empty1);
    bits2 = v128.bitselect(bits2, plane2, empty2);
    bits3 = v128.bitselect(bits3, plane3, empty3);
    base0 = v128.bitselect(base0, base, empty0);
    base1 = v128.bitselect(base1, base, empty1);
    base2 = v128.bitselect(base2, base, empty2);
    base3 = v128.bitselect(base3, base, empty3);
  }
  v128.store(scratch, i8x16.add(base0, lowestBit(bits0)));
  v128.store(scratch, i8x16.add(base1, lowestBit(bits1)), 16);
  v128.store(scratch, i8x16.add(base2, lowestBit(bits2)), 32);
  v128.store(scratch, i8x16.add(base3, lowestBit(bits3)), 48);
  return program;
}

/** Writes the leaf of 64 rows of a symmetric tree: a bit a level, the root's the highest, set where the row goes left. */
// @ts-expect-error: decorator
@inline
function findSymmetricLeaves(program: usize, ranks: usize, scratch: usize): usize {
  const end = program + 4 + (<usize>load<u32>(program) << 3);
  let leaf0 = i8x16.splat(0);
  let leaf1 = leaf0;
  let leaf2 = leaf0;
  let leaf3 = leaf0;
  for (program += 4; program < end; program += 8) {
    const column = ranks + <usize>load<u32>(program);
    const from = v128.load_splat<u8>(program, 4);
    leaf0 = i8x16.sub(i8x16.add(leaf0, leaf0), i8x16.gt_s(from, v128.load(column)));
    leaf1 = i8x16.sub(i8x16.add(leaf1, leaf1), i8x16.gt_s(from, v128.load(column, 16)));
    leaf2 = i8x16.sub(i8x16.add(leaf2, leaf2), i8x16.gt_s(from, v128.load(column, 32)));
    leaf3 = i8x16.sub(i8x16.add(leaf3, leaf3), i8x16.gt_s(from, v128.load(column, 48)));
  }
  v128.store(scratch, leaf0);
  v128.store(scratch, leaf1, 16);
  v128.store(scratch, leaf2, 32);
  v128.store(scratch, leaf3, 48);
  return end;
}

/** A mask of the rows whose level is in a bit set, 16 bytes and so 128 levels a look-up; `bytes` and `bits` as `levels` writes them. */
// @ts-ignore: decorator
@inline
function isInSet(bytes: v128, bits: v128, table: usize, last: usize): v128 {
  let found = i8x16.swizzle(v128.load(table), bytes);
  for (let next = table + 16; next < last; next += 16) {
    bytes = i8x16.sub(bytes, i8x16.splat(16)); // a byte of another 16 is past the vector and finds 0
    found = v128.or(found, i8x16.swizzle(v128.load(next), bytes));
  }
  return i8x16.eq(v128.and(found, bits), bits);
}

/** Position of the lowest bit set in each byte. */
// @ts-expect-error: decorator
@inline
function lowestBit(bits: v128): v128 {
  return i8x16.popcnt(v128.andnot(i8x16.sub(bits, i8x16.splat(1)), bits));
}

/** Adds the values of 64 leaves to 64 sums. */
// @ts-expect-error: decorator
@inline
function addLeaves(leaves: usize, leafValues: usize, sums: usize): void {
  const end = leaves + STEP;
  for (let leaf = leaves; leaf < end; leaf += 4) {
    const at = sums + ((leaf - leaves) << 3);
    store<f64>(at, load<f64>(at) + load<f64>(leafValues + (<usize>load<u8>(leaf) << 3)));
    store<f64>(at, load<f64>(at, 8) + load<f64>(leafValues + (<usize>load<u8>(leaf, 1) << 3)), 8);
    store<f64>(at, load<f64>(at, 16) + load<f64>(leafValues + (<usize>load<u8>(leaf, 2) << 3)), 16);
    store<f64>(at, load<f64>(at, 24) + load<f64>(leafValues + (<usize>load<u8>(leaf, 3) << 3)), 24);
  }
}

/** The same, each sum rounded to float32. */
// @ts-expect-error: decorator
@inline
function addLeavesRounded(leaves: usize, leafValues: usize, sums: usize): void {
  for (let row: usize = 0; row < <usize>STEP; row++) {
    const at = sums + (row << 3);
    const sum = load<f64>(at) + load<f64>(leafValues + (<usize>load<u8>(leaves + row) << 3));
    store<f64>(at, <f64>(<f32>sum));
  }
}

/**
 * Writes where a bit set holds each value's level: the position of its byte and its bit in that byte. A missing value has the
 * level `nLevels`; a level that no set holds has byte 255. `nLevels` is below 1912, so that no look-up reaches that byte.
 */
function levels<T>(values: usize, count: i32, nLevels: i32, bytes: usize, bits: usize): void {
  const limit = <f64>nLevels;
  for (let i = 0; i < count; i++) {
    const value = <f64>load<T>(values + <usize>i * sizeof<T>());
    let level = value == value ? 2040 : nLevels;
    if (value > -1 && value < limit) level = <i32>value;
    store<u8>(bytes + i, <u8>(level >> 3));
    const bit: i32 = 1 << (level & 7);
    store<u8>(bits + i, <u8>bit);
  }
}

export function levels32(values: usize, count: i32, nLevels: i32, bytes: usize, bits: usize): void {
  levels<f32>(values, count, nLevels, bytes, bits);
}

export function levels64(values: usize, count: i32, nLevels: i32, bytes: usize, bits: usize): void {
  levels<f64>(values, count, nLevels, bytes, bits);
}

/** What a node's slot has on top where the node tests a set of levels. */
const SET_TEST: u32 = 0x80000000;

/**
 * Adds one leaf value of each tree to a sum; eight trees are walked side by side, without a branch on the row's values, so that
 * nothing is mispredicted and loads overlap. `roots` are u32 addresses, a multiple of eight of them (leaves of -0 fill up). A node is
 * 16 bytes: f64 threshold, u32 offset of its value in `row`, u32 address of its left child, which the right one follows. A leaf is
 * a node that nothing passes, its own child. A node on a set of levels has SET_TEST in its offset, which is then of an i32 level, and
 * in place of the threshold u32 address of the bit set and u32 number of its bits. Leaf values are at `leafValues`, 8 bytes a node.
 */
export function scoreRow(
  roots: usize,
  nTrees: i32,
  row: usize,
  nodes: usize,
  leafValues: usize,
  base: f64,
  float32: i32,
): f64 {
  let sum = base;
  for (const end = roots + (<usize>nTrees << 2); roots < end; roots += 32) {
    let a = <usize>load<u32>(roots);
    let b = <usize>load<u32>(roots, 4);
    let c = <usize>load<u32>(roots, 8);
    let d = <usize>load<u32>(roots, 12);
    let e = <usize>load<u32>(roots, 16);
    let f = <usize>load<u32>(roots, 20);
    let g = <usize>load<u32>(roots, 24);
    let h = <usize>load<u32>(roots, 28);
    let moved: usize;
    do {
      const a1 = childOf(a, row);
      const b1 = childOf(b, row);
      const c1 = childOf(c, row);
      const d1 = childOf(d, row);
      const e1 = childOf(e, row);
      const f1 = childOf(f, row);
      const g1 = childOf(g, row);
      const h1 = childOf(h, row);
      moved = (a ^ a1) | (b ^ b1) | (c ^ c1) | (d ^ d1) | (e ^ e1) | (f ^ f1) | (g ^ g1) | (h ^ h1);
      a = a1;
      b = b1;
      c = c1;
      d = d1;
      e = e1;
      f = f1;
      g = g1;
      h = h1;
    } while (moved);
    sum = add(sum, valueOf(a, nodes, leafValues), float32);
    sum = add(sum, valueOf(b, nodes, leafValues), float32);
    sum = add(sum, valueOf(c, nodes, leafValues), float32);
    sum = add(sum, valueOf(d, nodes, leafValues), float32);
    sum = add(sum, valueOf(e, nodes, leafValues), float32);
    sum = add(sum, valueOf(f, nodes, leafValues), float32);
    sum = add(sum, valueOf(g, nodes, leafValues), float32);
    sum = add(sum, valueOf(h, nodes, leafValues), float32);
  }
  return sum;
}

// @ts-ignore: decorator
@inline
function childOf(node: usize, row: usize): usize {
  const slot = load<u32>(node, 8);
  const left = <usize>load<u32>(node, 12);
  if (slot & SET_TEST) return left + (<usize>isOutside(node, load<u32>(row + <usize>(slot ^ SET_TEST))) << 4);
  return left + (<usize>(load<f64>(row + <usize>slot) > load<f64>(node)) << 4);
}

/** 1 where a node's bit set does not hold a level. */
// @ts-ignore: decorator
@inline
function isOutside(node: usize, level: u32): u32 {
  const within = <u32>(level < load<u32>(node, 4));
  const at = within ? level : 0;
  const word = load<u32>(<usize>load<u32>(node) + (<usize>(at >> 5) << 2));
  return 1 ^ (within & (word >> (at & 31)));
}

// @ts-ignore: decorator
@inline
function valueOf(leaf: usize, nodes: usize, leafValues: usize): f64 {
  return load<f64>(leafValues + ((leaf - nodes) >> 1));
}

// @ts-ignore: decorator
@inline
function add(sum: f64, value: f64, float32: i32): f64 {
  return float32 ? <f64>(<f32>(sum + value)) : sum + value;
}
