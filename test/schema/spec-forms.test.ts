import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FeatureSpec } from '../../src/core/feature-spec.js';
import { defineFeatures } from '../../src/schema/define-features.js';
import { featuresSource } from '../../src/schema/features-source.js';
import { mlflowSignature } from '../../src/schema/mlflow-signature.js';
import { readFeatureSpec } from '../../src/schema/read-feature-spec.js';
import { rowJsonSchema } from '../../src/schema/row-json-schema.js';

const { spec } = defineFeatures({
  row: z.object({
    age: z.int().min(16).nullable(),
    rooms: z.int(),
    area: z.number().gt(0),
    'odd "name"': z.string().regex(/^[a-z]\d*$/),
    plan: z.enum(['free', 'pro']).nullable(),
    active: z.boolean(),
    seen: z.iso.datetime(),
  }),
  target: { column: 'y', task: 'binary', positive: 'yes' },
});

describe('a spec in its other forms', () => {
  it('is the same after JSON', () => {
    expect(readFeatureSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
  });

  it('makes a nullable integer a double in the MLflow signature, and keeps the others', () => {
    const { inputs, outputs } = mlflowSignature(spec);
    expect(
      JSON.parse(inputs).map(({ type, required }: { type: string; required: boolean }) => [type, required]),
    ).toEqual([
      ['double', false],
      ['long', true],
      ['double', true],
      ['string', true],
      ['string', false],
      ['boolean', true],
      ['datetime', true],
    ]);
    expect(JSON.parse(outputs)[0]).toEqual({ type: 'double', name: 'score', required: true });
  });

  it('gives a JSON Schema that accepts null exactly where a field is nullable', () => {
    const schema = rowJsonSchema(spec) as {
      properties: Record<string, { type: unknown; enum?: unknown[] }>;
      required: string[];
    };
    expect(schema.required).toEqual(['rooms', 'area', 'odd "name"', 'active', 'seen']);
    expect(schema.properties.age).toEqual({ type: ['integer', 'null'], minimum: 16 });
    expect(schema.properties.plan?.enum).toEqual(['free', 'pro', null]);
  });

  it('is the same after its TypeScript source was run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tabwright-source-'));
    try {
      await symlink(resolve('node_modules'), join(folder, 'node_modules'));
      const source = featuresSource(spec).replace(
        "'tabwright'",
        JSON.stringify(resolve('src/schema/define-features.ts')),
      );
      await writeFile(join(folder, 'features.ts'), source);
      const bundled = await build({
        entryPoints: [join(folder, 'features.ts')],
        bundle: true,
        write: false,
        format: 'esm',
        platform: 'node',
      });
      await writeFile(join(folder, 'features.mjs'), bundled.outputFiles[0]?.text ?? '');
      const { features } = await import(join(folder, 'features.mjs'));
      expect(features.spec).toEqual(spec);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.each<[string, unknown]>([
    ['no object', []],
    ['no fields', { fields: [] }],
    ['an unknown type', { fields: [{ name: 'a', type: 'image', nullable: true }] }],
    ['no nullable', { fields: [{ name: 'a', type: 'number' }] }],
    ['two fields of one name', { fields: [spec.fields[0], spec.fields[0]] }],
    ['a bound that is no number', { fields: [{ name: 'a', type: 'number', nullable: true, min: '0' }] }],
    ['a pattern that does not compile', { fields: [{ name: 'a', type: 'string', nullable: true, pattern: '(' }] }],
    ['one class', { fields: spec.fields, target: { column: 'y', task: 'binary', classes: ['a'] } }],
    ['an unknown task', { fields: spec.fields, target: { column: 'y', task: 'ranking' } }],
  ])('refuses stored JSON with %s', (_, json) => {
    expect(() => readFeatureSpec(json as FeatureSpec)).toThrow(expect.objectContaining({ code: 'BUNDLE_INVALID' }));
  });
});
