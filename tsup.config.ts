import { defineConfig } from 'tsup';

const entry = {
  index: 'src/index.ts',
  predict: 'src/predict.ts',
  testing: 'src/testing.ts',
  fastify: 'adapters/fastify.ts',
  express: 'adapters/express.ts',
};

export default defineConfig({
  entry: { ...entry, cli: 'src/cli/main.ts' },
  format: ['esm'],
  platform: 'node',
  target: 'node20.19',
  splitting: true,
  treeshake: false,
  sourcemap: false,
  clean: true,
  // tsup's declaration build sets baseUrl, which TypeScript 6 deprecates.
  dts: { entry, compilerOptions: { ignoreDeprecations: '6.0' } },
});
