/** Bytes that are added at one end and taken from the other, in one buffer that is kept. */
export class ByteQueue {
  private buffer = Buffer.allocUnsafeSlow(65_536);
  private start = 0;
  private end = 0;

  /** The bytes not taken yet; valid until the next call of {@link add}. */
  get bytes(): Buffer {
    return this.buffer.subarray(this.start, this.end);
  }

  /** Adds bytes at the end. */
  add(chunk: Uint8Array): void {
    const length = this.end - this.start;
    if (this.end + chunk.length > this.buffer.length) {
      const isRoomy = 2 * (length + chunk.length) <= this.buffer.length;
      const room = isRoomy ? this.buffer : Buffer.allocUnsafeSlow(2 * (length + chunk.length));
      this.buffer.copy(room, 0, this.start, this.end);
      this.buffer = room;
      this.start = 0;
      this.end = length;
    }
    this.buffer.set(chunk, this.end);
    this.end += chunk.length;
  }

  /** Takes bytes from the start. */
  take(nBytes: number): void {
    this.start += nBytes;
  }
}
