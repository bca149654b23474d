// Which URLs may be read: hosts by name, then the addresses they resolve to. The connection takes the very address that was checked,
// so that a name which resolves differently the second time gains nothing.
import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { TabwrightError } from '../../core/tabwright-error.js';
import { addressKind } from './address-kind.js';

/** What a policy is made of. */
export interface UrlPolicyOptions {
  /** Host names; `*.example.com` stands for those below. Every host where absent. */
  readonly allow: readonly string[] | undefined;
  readonly allowPrivate: boolean;
}

/** Decides about URLs. */
export interface UrlPolicy {
  /** @throws SOURCE_REFUSED for a scheme other than http and https, a host not on the list, an address that may not be read */
  check(url: URL): void;
  /** Resolves host names for the connection; the error for a refused address is SOURCE_REFUSED. */
  readonly lookup: LookupFunction;
}

/** @param resolve How names are resolved. */
export function urlPolicy({ allow, allowPrivate }: UrlPolicyOptions, resolve: typeof lookup = lookup): UrlPolicy {
  const isAllowed = (address: string): boolean => {
    const kind = addressKind(address);
    return kind === 'public' || (kind === 'private' && allowPrivate);
  };
  return {
    check(url) {
      if (!/^https?:$/.test(url.protocol)) throw refused(`the scheme must be http or https, got ${url.protocol}`);
      const host = hostOf(url);
      if (allow !== undefined && !allow.some((pattern) => matches(host, pattern))) {
        throw refused(`the host ${host} is not in allow`);
      }
      if (isIP(host) !== 0 && !isAllowed(host)) throw addressRefused(host);
    },
    lookup(host, options, callback) {
      resolve(host, { ...options, all: true }, (error: Error | null, addresses: LookupAddress[]) => {
        const [first] = addresses ?? [];
        if (error !== null || first === undefined) callback(error ?? new Error('no address'), '');
        else if (!addresses.every(({ address }) => isAllowed(address))) callback(addressRefused(host), '');
        else if (options.all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      });
    },
  };
}

/** The host as allow lists name it: no brackets, no dot at the end. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$|\.$/g, '');
}

function matches(host: string, pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : host === wanted;
}

function addressRefused(host: string): TabwrightError {
  return refused(`the host ${host} has an address that is not public (allowPrivate allows those of your own network)`);
}

function refused(what: string): TabwrightError {
  return new TabwrightError('SOURCE_REFUSED', `httpFile: ${what}`);
}
