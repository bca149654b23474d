// The promises of an online store, as a suite that any implementation can run: `await checkOnlineStore(() => myStore())`.
import { randomUUID } from 'node:crypto';
import type { OnlineEntry, OnlineStore } from '../core/online-store.js';
import { expectEqual, keepPromises, type Promises } from './promises.js';

/**
 * Checks the promises of {@link OnlineStore}: keys, replacement, removal, namespaces, order, texts of any content, time to keep
 * and parallel calls.
 * @param make A store that may hold other namespaces already; called once a promise, each of which uses a new namespace.
 * @throws AggregateError that lists every promise that does not hold
 */
export async function checkOnlineStore(make: () => OnlineStore | Promise<OnlineStore>): Promise<void> {
  await keepPromises('checkOnlineStore', PROMISES, make);
}

const PROMISES: Promises<OnlineStore> = {
  async 'gives undefined for keys and namespaces that were never written'(store) {
    const namespace = newNamespace();
    expectEqual('read()', [...(await store.read(namespace, ['a', 'constructor', '__proto__']))], missing(3));
    await store.write(namespace, [['a', kept('1')]]);
    expectEqual(
      'read()',
      [...(await store.read(namespace, ['toString', 'a', 'A', '']))],
      [undefined, '1', ...missing(2)],
    );
  },

  async 'gives texts in the order of the keys asked for, also of one that is asked for twice'(store) {
    const namespace = newNamespace();
    await store.write(namespace, [
      ['a', kept('1')],
      ['b', kept('2')],
      ['c', kept('3')],
    ]);
    expectEqual('read()', [...(await store.read(namespace, ['c', 'a', 'c']))], ['3', '1', '3']);
    expectEqual('read() of no key', [...(await store.read(namespace, []))], []);
  },

  async 'replaces a text and removes one, and leaves the others'(store) {
    const namespace = newNamespace();
    await store.write(namespace, [
      ['a', kept('1')],
      ['b', kept('2')],
      ['c', kept('3')],
    ]);
    await store.write(namespace, [
      ['a', kept('4')],
      ['b', null],
      ['d', null],
    ]);
    expectEqual('read()', [...(await store.read(namespace, ['a', 'b', 'c', 'd']))], ['4', undefined, '3', undefined]);
    await store.write(namespace, [['b', kept('5')]]);
    expectEqual('read() after it was written again', [...(await store.read(namespace, ['b']))], ['5']);
  },

  async 'keeps namespaces apart'(store) {
    const [first, second] = [newNamespace(), newNamespace()];
    await store.write(first, [['a', kept('1')]]);
    await store.write(second, [['a', kept('2')]]);
    await store.write(second, [['a', null]]);
    expectEqual('read() of the first', [...(await store.read(first, ['a']))], ['1']);
    expectEqual('read() of the second', [...(await store.read(second, ['a']))], [undefined]);
  },

  async 'keeps keys and texts of any characters'(store) {
    const namespace = newNamespace();
    const texts = ['', ' ', 'line\nbreak', '"quote"', 'größer €', '💡', '\u0000', 'a:b/c', '["json", null]'];
    await store.write(
      namespace,
      texts.map((text) => [text, kept(text)] as const),
    );
    expectEqual('read()', [...(await store.read(namespace, texts))], texts);
  },

  async 'keeps what is to be kept until later, and shows no harm of what need not be kept'(store) {
    const namespace = newNamespace();
    const entry = { value: '1', keepUntil: Date.now() + 3_600_000 };
    await store.write(namespace, [
      ['later', entry],
      ['past', { value: '2', keepUntil: 1 }],
      ['ever', kept('3')],
    ]);
    expectEqual('read()', [...(await store.read(namespace, ['later', 'ever']))], ['1', '3']);
    await store.write(namespace, [['past', kept('4')]]);
    expectEqual('read() of a key written again', [...(await store.read(namespace, ['past']))], ['4']);
  },

  async 'takes many entries in one write'(store) {
    const namespace = newNamespace();
    const keys = Array.from({ length: 5000 }, (_, i) => `key ${i}`);
    await store.write(
      namespace,
      keys.map((key) => [key, kept(key)] as const),
    );
    expectEqual('read()', [...(await store.read(namespace, keys))], keys);
  },

  async 'does nothing for a write of nothing'(store) {
    const namespace = newNamespace();
    await store.write(namespace, []);
    expectEqual('read()', [...(await store.read(namespace, ['a']))], [undefined]);
  },

  async 'loses nothing that is written in parallel, nor in many small writes'(store) {
    const namespace = newNamespace();
    const keys = Array.from({ length: 40 }, (_, i) => String(i));
    await Promise.all(keys.slice(0, 20).map((key) => store.write(namespace, [[key, kept(`${key}!`)]])));
    for (const key of keys.slice(20)) await store.write(namespace, [[key, kept(`${key}!`)]]);
    expectEqual(
      'read()',
      [...(await store.read(namespace, keys))],
      keys.map((key) => `${key}!`),
    );
  },
};

function newNamespace(): string {
  return `check-${randomUUID()}`;
}

function kept(value: string): OnlineEntry {
  return { value, keepUntil: undefined };
}

function missing(count: number): undefined[] {
  return Array.from({ length: count }, () => undefined);
}
