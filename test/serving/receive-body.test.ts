import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isStream, receiveBody } from '../../src/serving/receive-body.js';

function received(stream: Readable, limitBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => receiveBody(stream, limitBytes, resolve, reject));
}

describe('receiveBody', () => {
  test('joins any chunks, or refuses them where they are more than the limit', async () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 100 }), async (parts, limit) => {
        const whole = Buffer.concat(parts);
        const receiving = received(Readable.from(parts), limit);
        if (whole.length <= limit) expect(Buffer.from(await receiving)).toEqual(whole);
        else await expect(receiving).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
      }),
    );
  });

  test('refuses at once what is more than the limit, and goes on receiving', async () => {
    const stream = new PassThrough();
    const receiving = received(stream, 3);
    stream.write('four');
    await expect(receiving).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
    for (let i = 0; i < 100; i++) stream.write('x'.repeat(10_000));
    stream.end();
    await new Promise((resolve) => {
      stream.on('end', resolve);
    });
  });

  test('refuses a body that breaks off', async () => {
    const stream = new PassThrough();
    const receiving = received(stream, 100);
    stream.write('half');
    stream.destroy(new Error('reset'));
    await expect(receiving).rejects.toMatchObject({ code: 'REQUEST_INVALID', cause: { message: 'reset' } });
  });

  test('is empty where another has read the stream before', async () => {
    const stream = Readable.from([Buffer.from('read')]);
    await stream.toArray();
    expect(await received(stream, 100)).toHaveLength(0);
  });

  test('reads a stream that was paused', async () => {
    const stream = Readable.from([Buffer.from('paused')]);
    stream.pause();
    expect(Buffer.from(await received(stream, 100)).toString()).toBe('paused');
  });
});

describe('isStream', () => {
  test.each([undefined, null, 'text', { rows: 1 }, { pipe: 1 }, [], new Uint8Array(1)])('is false for %j', (body) => {
    expect(isStream(body)).toBe(false);
  });
});
