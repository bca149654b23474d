// Tells whether a cell's bytes are one of the tokens that mean "no value", with a table that rules most cells out at once.

/** A set of byte strings. */
export class MissingTokens {
  private readonly hasEmpty: boolean;
  /** Tokens by first byte. */
  private readonly tokens: Uint8Array[][] = Array.from({ length: 256 }, () => []);
  /** By first byte, bit n is set where a token of n bytes starts so; tokens of 31 bytes and more share the last bit. */
  private readonly lengths = new Int32Array(256);

  constructor(tokens: readonly string[]) {
    const trimmed = tokens.map((token) => token.replace(/^[ \t]+|[ \t]+$/g, ''));
    this.hasEmpty = trimmed.includes('');
    for (const token of trimmed) if (token !== '') this.add(Buffer.from(token));
  }

  /** Whether bytes [start, end) are a token; the caller has left out the spaces around them. */
  has(bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (length === 0) return this.hasEmpty;
    const lengths = this.lengths[bytes[start] as number] as number;
    if ((lengths & (1 << Math.min(length, 31))) === 0) return false;
    return this.isToken(bytes, start, end);
  }

  private add(token: Uint8Array): void {
    const first = token[0] as number;
    this.tokens[first]?.push(token);
    this.lengths[first] = (this.lengths[first] as number) | (1 << Math.min(token.length, 31));
  }

  private isToken(bytes: Uint8Array, start: number, end: number): boolean {
    const candidates = this.tokens[bytes[start] as number] ?? [];
    return candidates.some(
      (token) => token.length === end - start && token.every((byte, index) => byte === bytes[start + index]),
    );
  }
}
