// Tells whether a cell's bytes are one of the tokens that mean "no value", with a table that rules most cells out at once.

/** A set of byte strings. */
export class MissingTokens {
  readonly hasEmpty: boolean;
  /** The tokens that are not empty. */
  readonly tokens: readonly Uint8Array[];
  /** Tokens by first byte. */
  private readonly byFirst: Uint8Array[][] = Array.from({ length: 256 }, () => []);
  /** By first byte, bit n is set where a token of n bytes starts so; tokens of 31 bytes and more share the last bit. */
  readonly lengths = new Int32Array(256);

  constructor(tokens: readonly string[]) {
    const trimmed = tokens.map((token) => token.replace(/^[ \t]+|[ \t]+$/g, ''));
    this.hasEmpty = trimmed.includes('');
    this.tokens = trimmed.filter((token) => token !== '').map((token) => Buffer.from(token));
    for (const token of this.tokens) this.add(token);
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
    this.byFirst[first]?.push(token);
    this.lengths[first] = (this.lengths[first] as number) | (1 << Math.min(token.length, 31));
  }

  private isToken(bytes: Uint8Array, start: number, end: number): boolean {
    const candidates = this.byFirst[bytes[start] as number] ?? [];
    return candidates.some(
      (token) => token.length === end - start && token.every((byte, index) => byte === bytes[start + index]),
    );
  }
}
