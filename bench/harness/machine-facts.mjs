import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';

/** What a reader needs to weigh a result; nothing that names the machine. */
export function machineFacts() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${arch()}`,
    node: process.version,
    loadAtStart: Math.round(loadavg()[0] * 100) / 100,
  };
}
