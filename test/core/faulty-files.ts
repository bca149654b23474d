// A file system that fails, or whose process dies, at a chosen call: `vi.mock('node:fs/promises', …)` puts it under the code.
import type * as files from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** What goes wrong. A write fails after half of its bytes. */
export interface Fault {
  /** Position of the first call that fails, from 0. */
  readonly call: number;
  /** `full`: that call fails with ENOSPC. `dead`: it and all after it fail, as for a process that was killed there. */
  readonly how: 'full' | 'dead';
}

/** What happened under watch. */
export interface Watched {
  /** Such as "rename a" or "sync b", with the last part of the path. */
  readonly calls: readonly string[];
  /** What was thrown; undefined where it ended well. */
  readonly error: unknown;
}

let calls: string[] = [];
let failing: Fault | undefined;

/** Runs something and lists its calls on files; one of them fails where there is a fault. */
export async function watchFiles(run: () => Promise<unknown>, fault?: Fault): Promise<Watched> {
  calls = [];
  failing = fault;
  try {
    await run();
    return { calls, error: undefined };
  } catch (error) {
    return { calls, error };
  } finally {
    failing = undefined;
  }
}

/** The module `node:fs/promises` with the calls that the library makes under watch. */
export function faultyFiles(original: typeof files): typeof files {
  const handles = new WeakMap<object, FileHandle>();
  const watched =
    <A extends unknown[], R>(name: string, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      note(name, String(args[0]));
      return call(...args);
    };
  const names = ['mkdir', 'readdir', 'readFile', 'rename', 'rm', 'stat'] as const;
  const plain = Object.fromEntries(
    names.map((name) => [name, watched(name, original[name] as () => Promise<unknown>)]),
  );
  const open: typeof files.open = async (path, ...rest) => {
    const handle = await watched('open', original.open)(path, ...rest);
    const proxy = watchedHandle(handle, String(path));
    handles.set(proxy, handle);
    return proxy;
  };
  const writeFile: typeof files.writeFile = async (target, content, options) => {
    const handle = typeof target === 'object' ? handles.get(target) : undefined;
    try {
      note('write', handle === undefined ? String(target) : '');
    } catch (error) {
      await original.writeFile(handle ?? target, firstHalf(content), options);
      throw error;
    }
    return original.writeFile(handle ?? target, content, options);
  };
  return { ...original, ...plain, open, writeFile };
}

function watchedHandle(handle: FileHandle, path: string): FileHandle {
  return new Proxy(handle, {
    get(target, name) {
      const method = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        try {
          note(String(name), path);
        } catch (error) {
          if (name === 'close') await target.close();
          throw error;
        }
        // No power is cut in a test: that a flush was asked for is enough, and a real one is slow.
        return name === 'sync' ? undefined : method.apply(target, args);
      };
    },
  });
}

function firstHalf(content: unknown): string | Uint8Array {
  if (typeof content === 'string' || content instanceof Uint8Array) return content.slice(0, content.length / 2);
  return '';
}

function note(name: string, path: string): void {
  const call = `${name} ${path.split('/').at(-1)}`;
  const number = calls.push(call) - 1;
  if (failing?.how === 'full' && number === failing.call) {
    throw Object.assign(new Error(`ENOSPC: no space left on device, ${call}`), { code: 'ENOSPC' });
  }
  if (failing?.how === 'dead' && number >= failing.call) throw new Error('the process is dead');
}
