// Adds to package-lock.json the optional packages of other platforms that the registry at hand could not show to npm. npm leaves
// them out there, and `npm ci` then refuses the lock file everywhere. Run it after `npm install` has changed the lock file.
import { readFile, writeFile } from 'node:fs/promises';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

const path = 'package-lock.json';
const lock = JSON.parse(await readFile(path, 'utf8'));
const added = {};
for (const [owner, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (!isResolved(owner, name))
      added[`node_modules/${name}`] = { version, ...platform(name), optional: true, dev: true };
  }
}
const sorted = Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => (a < b ? -1 : 1));
await writeFile(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
process.stdout.write(`${Object.keys(added).length} optional packages of other platforms added to ${path}\n`);

/** Whether npm's own look-up, from the owner's folder outwards, finds the package. */
function isResolved(owner, name) {
  for (let folder = owner; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in lock.packages) return true;
    if (folder === '') return false;
  }
}

/** Such packages are named for their platform: `@esbuild/darwin-arm64`, `binding-linux-x64-musl`, `-arm-gnueabihf`. */
function platform(name) {
  const words = name.split('/').at(-1).split('-');
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter(
    (processor) => words.includes(processor) || (processor === 'ppc64' && words.includes('ppc64le')),
  );
  if (os.length + cpu.length === 0)
    throw new Error(`${name} is optional and not resolved, but its name tells no platform`);
  const libc = words.includes('musl') ? { libc: ['musl'] } : words.includes('gnu') ? { libc: ['glibc'] } : {};
  return { ...(cpu.length > 0 ? { cpu } : {}), ...libc, ...(os.length > 0 ? { os } : {}) };
}
