// What the built entries load: nothing optional, and for `tabwright/predict` nothing heavy.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/core/version.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** Packages that a built file imports statically, itself or through its chunks. */
function packagesOf(entry: string): Set<string> {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, specifier = ''] of readFileSync(path, 'utf8').matchAll(
      /^(?:import|export)\s*(?:[^'"]*?\sfrom\s*)?["']([^"']+)["']/gm,
    )) {
      if (specifier.startsWith('.')) visit(join(dirname(path), specifier));
      else if (!specifier.startsWith('node:')) packages.add(specifier);
    }
  };
  visit(entry);
  return packages;
}

describe('the built package', () => {
  it.each(['predict', 'monitoring'])('loads no package at the import of tabwright/%s', (entry) => {
    expect(packagesOf(`dist/${entry}.js`)).toEqual(new Set());
  });

  it.each(Object.keys(manifest.exports).filter((key) => key !== './package.json'))(
    'loads only installed packages for %s',
    (key) => {
      const allowed = Object.keys(manifest.dependencies);
      for (const specifier of packagesOf(manifest.exports[key].default)) {
        const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
        expect(allowed).toContain(name);
      }
    },
  );

  it('has the version of package.json', () => {
    expect(VERSION).toBe(manifest.version);
  });

  it('has a file and types for every export', () => {
    for (const [key, target] of Object.entries<{ types: string; default: string } | string>(manifest.exports)) {
      const paths = typeof target === 'string' ? [target] : [target.types, target.default];
      for (const path of paths) expect(existsSync(path), `${key}: ${path}`).toBe(true);
    }
  });
});
