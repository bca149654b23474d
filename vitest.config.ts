import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], extra: object = {}) => ({
  test: { name, include, ...extra },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', ['test/**/*.test.ts'], {
        exclude: ['test/peers/**', 'test/soak/**'],
        testTimeout: 30_000,
        typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
      }),
      project('peers', ['test/peers/**/*.test.ts'], {
        testTimeout: 300_000,
        hookTimeout: 300_000,
        fileParallelism: false,
      }),
      project('soak', ['test/soak/**/*.test.ts'], { testTimeout: 3_600_000, fileParallelism: false }),
    ],
  },
});
