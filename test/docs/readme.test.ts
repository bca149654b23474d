// README's programs, type-checked and run as they stand.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.js';

let folder = '';

beforeAll(() => {
  // Inside the package, so that Node and TypeScript resolve `tabwright` to what was built here.
  mkdirSync('build', { recursive: true });
  folder = mkdtempSync(resolve('build/readme-'));
  const [train = '', serve = ''] = codeBlocks('README.md');
  writeFileSync(join(folder, 'train.ts'), train);
  writeFileSync(
    join(folder, 'serve.ts'),
    `${serve.replace('port: 8080', "port: 0, host: '127.0.0.1'")}\nawait app.close();\n`,
  );
  writeFileSync(join(folder, 'prospects.csv'), prospects());
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2022',
        strict: true,
        skipLibCheck: true,
        types: ['node'],
        outDir: 'out',
        rootDir: '.',
      },
      include: ['*.ts'],
    }),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('README', () => {
  it('has programs that type-check and run', () => {
    execFileSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const out = execFileSync(process.execPath, ['out/serve.js'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(out).toMatch(/^1 0\.\d+\n\{\s+score: 0\.\d+,\s+label: [01],/);
  }, 60_000);

  it('names only scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    for (const page of ['README.md', 'CONTRIBUTING.md']) {
      for (const [, script] of readFileSync(page, 'utf8').matchAll(/npm run ([\w:]+)/g))
        expect(Object.keys(scripts), page).toContain(script);
    }
  });

  it('links to pages that there are', () => {
    for (const page of ['README.md', 'CONTRIBUTING.md']) {
      for (const [, path = ''] of readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([\w./-]+)\)/g)) {
        expect(() => readFileSync(path), `${page} links to ${path}`).not.toThrow();
      }
    }
  });
});

function codeBlocks(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);
}

function prospects(): string {
  const random = createRandom(1);
  const rows = Array.from({ length: 200 }, () => {
    const age = random.next() < 0.1 ? '' : 18 + random.integer(50);
    return `${age},${['free', 'team', 'pro'][random.integer(3)]},${random.integer(90)},${random.integer(2)}`;
  });
  return `age,plan,lastSeenDays,converted\n${rows.join('\n')}\n`;
}
