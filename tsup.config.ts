import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    predict: 'src/predict.ts',
    mlflow: 'src/mlflow.ts',
    monitoring: 'src/monitoring.ts',
    prometheus: 'src/prometheus.ts',
    testing: 'src/testing.ts',
    fastify: 'adapters/fastify.ts',
    express: 'adapters/express.ts',
    lambda: 'adapters/lambda.ts',
    fetch: 'adapters/fetch.ts',
    cli: 'src/cli/main.ts',
  },
  format: ['esm'],
  platform: 'node',
  target: 'node20.19',
  splitting: true,
  treeshake: false,
  sourcemap: false,
  clean: true,
  removeNodeProtocol: false,
  // Declarations are written by tsc (tsconfig.build.json), ten times faster than bundling them.
  dts: false,
});
