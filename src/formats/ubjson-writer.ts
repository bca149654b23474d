// Universal Binary JSON as XGBoost's reader takes it: typed arrays of numbers, 64-bit lengths, keys without a type marker.

/** A value to write: arrays of numbers keep the type that the reader expects. */
export type UbjsonValue =
  | string
  | number
  | Float32Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | readonly UbjsonValue[]
  | { readonly [key: string]: UbjsonValue };

/** The bytes of a value; a plain number is a 64-bit integer. */
export function writeUbjson(value: UbjsonValue): Uint8Array {
  const writer = new Writer();
  writeValue(writer, value);
  return writer.bytes();
}

class Writer {
  #buffer = new Uint8Array(65_536);
  #view = new DataView(this.#buffer.buffer);
  #size = 0;

  bytes(): Uint8Array {
    return this.#buffer.slice(0, this.#size);
  }

  marker(marker: string): void {
    const at = this.#room(1); // may make a new buffer
    this.#buffer[at] = marker.charCodeAt(0);
  }

  long(value: number): void {
    this.marker('L');
    const at = this.#room(8);
    this.#view.setBigInt64(at, BigInt(value));
  }

  text(text: string): void {
    const encoded = new TextEncoder().encode(text);
    this.long(encoded.length);
    const at = this.#room(encoded.length);
    this.#buffer.set(encoded, at);
  }

  numbers(values: NumberArray): void {
    const size = values.BYTES_PER_ELEMENT;
    this.marker('[');
    this.marker('$');
    this.marker(typeMarker(values));
    this.marker('#');
    this.long(values.length);
    let at = this.#room(size * values.length);
    for (const value of values) {
      if (typeof value === 'bigint') this.#view.setBigInt64(at, value);
      else if (values instanceof Float32Array) this.#view.setFloat32(at, value);
      else if (values instanceof Int32Array) this.#view.setInt32(at, value);
      else this.#view.setUint8(at, value);
      at += size;
    }
  }

  #room(size: number): number {
    const at = this.#size;
    this.#size += size;
    if (this.#size > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(2 * this.#buffer.length, this.#size));
      larger.set(this.#buffer);
      this.#buffer = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}

function writeValue(writer: Writer, value: UbjsonValue): void {
  if (typeof value === 'number') writer.long(value);
  else if (typeof value === 'string') {
    writer.marker('S');
    writer.text(value);
  } else if (isNumberArray(value)) {
    writer.numbers(value);
  } else if (isList(value)) {
    writer.marker('[');
    for (const item of value) writeValue(writer, item);
    writer.marker(']');
  } else {
    writer.marker('{');
    for (const [key, item] of Object.entries(value)) {
      writer.text(key);
      writeValue(writer, item);
    }
    writer.marker('}');
  }
}

type NumberArray = Float32Array | Int32Array | BigInt64Array | Uint8Array;

function isNumberArray(value: UbjsonValue): value is NumberArray {
  return ArrayBuffer.isView(value);
}

function typeMarker(values: NumberArray): string {
  if (values instanceof Float32Array) return 'd';
  if (values instanceof Int32Array) return 'l';
  return values instanceof BigInt64Array ? 'L' : 'U';
}

function isList(value: UbjsonValue): value is readonly UbjsonValue[] {
  return Array.isArray(value);
}
