import { describe, expect, it } from 'vitest';
import { isOnnx, readOnnx } from '../../src/formats/onnx-reader.js';
import { bytesField, joined, messageField, textField, varintField } from '../../src/formats/protobuf-writer.js';
import { writeOnnxFile } from '../../src/models/write-onnx-file.js';
import { LEVELS, sampleModel } from './sample-model.js';

const file = writeOnnxFile(await sampleModel('multiclass'));

/** A model with these fields in its graph. */
function model(...graph: readonly Uint8Array[]): Uint8Array {
  return joined([varintField(1, 10), textField(2, 'x'), messageField(7, graph)]);
}

/** A node with one attribute. */
function node(...attribute: readonly Uint8Array[]): Uint8Array {
  return messageField(1, [messageField(5, attribute)]);
}

describe('readOnnx', () => {
  it('finds inputs, outputs and what the file says of its features', () => {
    const { inputs, outputs, metadata } = readOnnx(file);
    expect(inputs).toEqual([{ name: 'features', type: 'float64', isTensor: true, dims: [undefined, 3] }]);
    expect(outputs).toEqual([{ name: 'scores', type: 'float64', isTensor: true, dims: [undefined, 3] }]);
    expect(JSON.parse(metadata.get('tabwright') ?? '')).toMatchObject({
      task: 'multiclass',
      features: [{ name: 'first one' }, { name: 'b' }, { name: 'colour', levels: LEVELS }],
    });
  });

  it('finds labels of classes, packed or not, and texts that nodes know', () => {
    const labels = node(textField(1, 'classlabels_int64s'), varintField(8, 5), varintField(8, -3));
    const packed = node(textField(1, 'classlabels_ints'), bytesField(8, Uint8Array.of(0xac, 0x02, 1)));
    const texts = node(textField(1, 'cats_strings'), textField(9, 'red'), textField(9, 'Ü'));
    expect(readOnnx(model(labels, texts))).toMatchObject({ classes: [5, -3], texts: ['red', 'Ü'] });
    expect(readOnnx(model(packed)).classes).toEqual([300, 1]);
  });

  it('takes no file whose numbers lie in other files', () => {
    const elsewhere = model(messageField(5, [textField(8, 'weights'), varintField(14, 1)]));
    expect(() => readOnnx(elsewhere)).toThrow(expect.objectContaining({ code: 'MODEL_FILE_UNSUPPORTED' }));
  });

  it('refuses graphs that are nested without end', () => {
    let graph = [textField(2, 'inner')];
    for (let depth = 0; depth < 40; depth++) graph = [node(textField(1, 'body'), messageField(6, graph))];
    expect(() => readOnnx(model(...graph))).toThrow(/nested at most 16 deep/);
  });

  it('refuses every prefix that cuts a field, and a file with no graph', () => {
    for (const length of [3, 20, file.length - 1]) {
      expect(() => readOnnx(file.subarray(0, length))).toThrow(expect.objectContaining({ code: 'BUNDLE_INVALID' }));
    }
  });

  it('knows an ONNX file by its first bytes', () => {
    expect(isOnnx(file)).toBe(true);
    expect(isOnnx(new TextEncoder().encode('tree\nversion=v4'))).toBe(false);
  });
});
