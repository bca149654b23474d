import { describe, expect, it } from 'vitest';
import { readYaml } from '../../src/bundle/read-yaml.js';

/** As Python's yaml.safe_dump writes it: quoted texts are folded at 80 characters. */
const MLMODEL = `artifact_path: mlflow-artifacts:/1/models/m-1/artifacts
flavors:
  lightgbm:
    code: null
    data: model.lgb
    lgb_version: 4.7.0
  python_function:
    env:
      conda: conda.yaml
    list:
    - one: 1
      two: 2
    - three
model_size_bytes: 4242
prompts:
signature:
  inputs: '[{"type": "double", "name": "it''s", "required": true}, {"type": "long",
    "name": "visits", "required": true}]'
  outputs: "[{\\"type\\": \\"double\\", \\"name\\": \\"\\xFCmlaut\\",\\
    \\ \\"required\\": true}]"
  params: null
`;

describe('readYaml', () => {
  it('reads what an MLmodel says of flavors and signature', () => {
    const { flavors, signature, prompts } = readYaml(MLMODEL, 'MLmodel');
    expect(flavors).toMatchObject({
      lightgbm: { data: 'model.lgb' },
      python_function: { env: { conda: 'conda.yaml' } },
    });
    expect(prompts).toBe('');
    expect(JSON.parse((signature as { inputs: string }).inputs)).toEqual([
      { type: 'double', name: "it's", required: true },
      { type: 'long', name: 'visits', required: true },
    ]);
    expect(JSON.parse((signature as { outputs: string }).outputs)).toEqual([
      { type: 'double', name: 'ümlaut', required: true },
    ]);
  });

  it.each([
    ['a list', '- a\n- b'],
    ['lines that go out of line', 'a:\n    b: 1\n  c: 2'],
    ['no key', 'just words'],
    ['mappings without end', Array.from({ length: 60 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('refuses %s', (_, text) => {
    expect(() => readYaml(text, 'MLmodel')).toThrow(expect.objectContaining({ code: 'BUNDLE_INVALID' }));
  });

  it('keeps names that objects have from elsewhere', () => {
    expect(readYaml('__proto__: x\nconstructor: y', 'MLmodel')).toEqual(
      Object.assign(Object.create(null), { ['__proto__']: 'x', constructor: 'y' }),
    );
  });
});
