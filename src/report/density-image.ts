// A grid of numbers as a small palette PNG inside a data URI: a 40 by 40 grid is some 2 KB, where as many rectangles are 100 KB.
import { crc32, deflateSync } from 'node:zlib';

const STEPS = 32;
const VIRIDIS: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
];
const POSITIVE = [200, 70, 55] as const;
const NEGATIVE = [45, 115, 190] as const;

/** A grid to draw. */
export interface DensityGrid {
  readonly nX: number;
  readonly nY: number;
  /** Row by row from the bottom: `values[y * nX + x]`. */
  readonly values: readonly number[];
  /** `density`: counts from nothing (clear) by viridis; `signed`: values in [-1, 1], blue to clear to red. */
  readonly palette: 'density' | 'signed';
}

/** The image as a `data:` URI, a pixel a cell. */
export function densityImage({ nX, nY, values, palette }: DensityGrid): string {
  const most = palette === 'density' ? Math.max(...values, 1) : 1;
  const rows = Buffer.alloc(nY * (nX + 1));
  for (let y = 0; y < nY; y++) {
    for (let x = 0; x < nX; x++) {
      const value = (values[(nY - 1 - y) * nX + x] as number) / most;
      // Counts span orders of magnitude: their square root keeps thin places in sight.
      const at = palette === 'density' ? (value > 0 ? 1 + Math.sqrt(value) * (2 * STEPS - 2) : 0) : (value + 1) * STEPS;
      rows[y * (nX + 1) + 1 + x] = Math.min(2 * STEPS, Math.round(at));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(nX, 0);
  header.writeUInt32BE(nY, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const { colours, alphas } = paletteOf(palette);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const parts = [
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('tRNS', alphas),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
  ];
  return `data:image/png;base64,${Buffer.concat([signature, ...parts, chunk('IEND', Buffer.alloc(0))]).toString('base64')}`;
}

function paletteOf(palette: DensityGrid['palette']): { colours: Buffer; alphas: Buffer } {
  const colours: number[] = [];
  const alphas: number[] = [];
  for (let i = 0; i <= 2 * STEPS; i++) {
    if (palette === 'density') {
      colours.push(...viridis(i / (2 * STEPS)));
      alphas.push(i === 0 ? 0 : 255);
    } else {
      const value = i / STEPS - 1;
      colours.push(...(value < 0 ? NEGATIVE : POSITIVE));
      alphas.push(Math.round(255 * Math.abs(value) ** 0.8));
    }
  }
  return { colours: Buffer.from(colours), alphas: Buffer.from(alphas) };
}

function viridis(share: number): number[] {
  const at = share * (VIRIDIS.length - 1);
  const from = VIRIDIS[Math.floor(at)] as readonly number[];
  const to = VIRIDIS[Math.ceil(at)] as readonly number[];
  return from.map((channel, i) => Math.round(channel + (at % 1) * ((to[i] as number) - channel)));
}

/** Length, type, data and checksum, as the PNG specification has them. */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
