import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { densityImage } from '../../src/report/density-image.js';

/** Chunks of a PNG by type, each with its checksum checked. */
function chunksOf(uri: string): Map<string, Buffer> {
  const bytes = Buffer.from(uri.replace('data:image/png;base64,', ''), 'base64');
  expect([...bytes.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.subarray(0, 4).toString('latin1'), body.subarray(4));
    at += 12 + length;
  }
  return chunks;
}

/** Palette positions, row by row from the top. */
function pixels(uri: string, nX: number): number[][] {
  const rows = inflateSync(chunksOf(uri).get('IDAT') as Buffer);
  return Array.from({ length: rows.length / (nX + 1) }, (_, y) => [
    ...rows.subarray(y * (nX + 1) + 1, (y + 1) * (nX + 1)),
  ]);
}

describe('densityImage', () => {
  const grid = { nX: 3, nY: 2, values: [0, 1, 4, 100, 25, 0], palette: 'density' } as const;

  test('is a PNG of the size of the grid', () => {
    const header = chunksOf(densityImage(grid)).get('IHDR') as Buffer;
    expect([header.readUInt32BE(0), header.readUInt32BE(4)]).toEqual([3, 2]);
  });

  test('puts the first row at the bottom, leaves nothing clear and shows one row of many', () => {
    const [top, bottom] = pixels(densityImage(grid), 3) as [number[], number[]];
    const alphas = chunksOf(densityImage(grid)).get('tRNS') as Buffer;
    expect(alphas[bottom[0] as number]).toBe(0);
    expect(alphas[bottom[1] as number]).toBe(255);
    expect(top[0]).toBeGreaterThan(top[1] as number);
    expect(bottom[2]).toBeGreaterThan(bottom[1] as number);
  });

  test('draws signed values by strength, red above and blue below nothing', () => {
    const uri = densityImage({ nX: 3, nY: 1, values: [-1, 0, 1], palette: 'signed' });
    const [[low, none, high]] = pixels(uri, 3) as [[number, number, number]];
    const colours = chunksOf(uri).get('PLTE') as Buffer;
    const alphas = chunksOf(uri).get('tRNS') as Buffer;
    expect([alphas[low], alphas[none], alphas[high]]).toEqual([255, 0, 255]);
    expect(colours[3 * low + 2]).toBeGreaterThan(colours[3 * low] as number);
    expect(colours[3 * high]).toBeGreaterThan(colours[3 * high + 2] as number);
  });

  test('a grid of forty by forty stays under 3 KB', () => {
    const values = Array.from({ length: 1600 }, (_, i) => Math.round(1000 * Math.exp(-(((i % 40) - 20) ** 2) / 50)));
    expect(densityImage({ nX: 40, nY: 40, values, palette: 'density' }).length).toBeLessThan(3000);
  });
});
