import { describe, expect, it } from 'vitest';
import { cancelCrew, leadCrew, resetCrew } from '../../src/workers/crew.js';

describe('a crew of one', () => {
  it('does the work itself, with the arguments given', () => {
    const seen: number[][] = [];
    const crew = leadCrew(new ArrayBuffer(1024), 1, (operation, args, thread) =>
      seen.push([operation, thread, ...args.slice(0, 2)]),
    );
    crew.run(7, 1.5, -2);
    crew.dismiss();
    expect(seen).toEqual([[7, 0, 1.5, -2]]);
  });

  it('throws CANCELLED before its next operation, until it is reset', () => {
    const buffer = new ArrayBuffer(1024);
    const crew = leadCrew(buffer, 1, () => {});
    cancelCrew(buffer);
    expect(() => crew.run(0)).toThrow(expect.objectContaining({ code: 'CANCELLED' }));
    resetCrew(buffer);
    expect(() => crew.run(0)).not.toThrow();
  });
});
