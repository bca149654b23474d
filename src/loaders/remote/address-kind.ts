// Tells public internet addresses from others, by the IANA special-purpose registries (RFC 6890 and what updates it).
import { BlockList, isIPv6 } from 'node:net';

/** Link-local networks, metadata services of clouds, and prefixes that hide an IPv4 address: no data set is there. */
const NEVER = blockList([
  '169.254.0.0/16',
  '100.100.100.200/32',
  '168.63.129.16/32',
  '192.0.0.192/32',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
  'fe80::/10',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2002::/16',
  '2001::/32',
]);
const PRIVATE = blockList([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '2001::/23',
  '2001:db8::/32',
  '3fff::/20',
]);
/** All that is given out for the public internet. */
const GLOBAL_IPV6 = blockList(['2000::/3']);

/** What an IP address (as the system writes it, without brackets) stands for. */
export function addressKind(address: string): 'public' | 'private' | 'never' {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (NEVER.check(address, family)) return 'never';
  if (PRIVATE.check(address, family)) return 'private';
  // IPv4 addresses written as IPv6 (::ffff:…) are among those left out here.
  return family === 'ipv4' || GLOBAL_IPV6.check(address, family) ? 'public' : 'private';
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}
