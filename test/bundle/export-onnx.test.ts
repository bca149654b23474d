import { describe, expect, it } from 'vitest';
import { exportOnnx } from '../../src/bundle/export-onnx.js';
import { writeBundle } from '../../src/bundle/write-bundle.js';
import type { FeatureSpec } from '../../src/core/feature-spec.js';
import type { BundleFiles } from '../../src/core/registry.js';
import type { Transformer } from '../../src/core/transformer.js';
import { readOnnx } from '../../src/formats/onnx-reader.js';
import { createModel } from '../../src/models/create-model.js';
import { makeTable } from '../../src/table/make-table.js';
import { fitTransform } from '../../src/transforms/fit-transform.js';
import { ordinal } from '../../src/transforms/ordinal.js';
import { pipeline } from '../../src/transforms/pipeline.js';
import { quantileTransform } from '../../src/transforms/quantile-transform.js';
import { standardScale } from '../../src/transforms/standard-scale.js';
import { transformedMatrix } from '../../src/transforms/table-to-matrix.js';

const spec: FeatureSpec = {
  fields: [{ name: 'size', type: 'number', nullable: true }],
  target: { column: 'y', task: 'regression' },
};
const size = Float64Array.from({ length: 60 }, (_, i) => i % 13);

async function bundle(steps: Transformer): Promise<BundleFiles> {
  const { fitted, table } = fitTransform(steps, makeTable([['size', size]]), size, { task: 'regression', nClasses: 1 });
  const features = transformedMatrix(fitted, table, ['size']);
  const train = { features, target: size.map((value) => value * 2), task: 'regression', nClasses: 1 } as const;
  const model = await createModel('lightgbm', { numIterations: 3 }).fit(train);
  const made = { metrics: {}, training: {}, card: '# m', plots: {}, createdAt: '2026-01-01T00:00:00.000Z' };
  return writeBundle({ spec, pipeline: fitted, model, goldenRows: [{ size: 1 }, { size: null }], ...made });
}

function flavors(files: BundleFiles): string[] {
  return Object.keys(JSON.parse(new TextDecoder().decode(files.get('MLmodel'))).flavors);
}

describe('exportOnnx', () => {
  it('writes the whole pipeline, with the raw columns as inputs', async () => {
    const { bytes, scope, reason } = exportOnnx(await bundle(standardScale({})));
    expect([scope, reason]).toEqual(['pipeline', undefined]);
    expect(readOnnx(bytes)).toMatchObject({
      inputs: [{ name: 'size', type: 'float64', dims: [undefined] }],
      outputs: [{ name: 'scores', type: 'float64', dims: [undefined, 1] }],
    });
  });

  it('writes the model alone past a step that ONNX has no form for, and names it', async () => {
    const { bytes, scope, reason } = exportOnnx(await bundle(quantileTransform({ nQuantiles: 5 })));
    expect(scope).toBe('model');
    expect(reason).toContain('the step quantileTransform cannot be written');
    expect(readOnnx(bytes).inputs).toEqual([
      { name: 'features', type: 'float64', isTensor: true, dims: [undefined, 1] },
    ]);
  });
});

describe('the native flavor', () => {
  it('is there for numbers that no step touches, and not past a step that keeps their names', async () => {
    expect(flavors(await bundle(pipeline([ordinal({ columns: [] })])))).toContain('lightgbm');
    expect(flavors(await bundle(standardScale({})))).not.toContain('lightgbm');
  });
});
