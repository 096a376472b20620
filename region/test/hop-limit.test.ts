import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { findProgram } from '../src/host/programs.ts';
import { existingToolkit } from '../src/host/toolkit.ts';
import type { MetadataInstance } from '../src/metadata/configuration.ts';
import { hopLimits } from '../src/metadata/hop-limit.ts';

const toolkit = existingToolkit();
const nft = findProgram('nft', toolkit)!;
const libraries = toolkit
  ? ['usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu'].map((path) => join(toolkit, path))
  : [];

/** Two addresses ask a server on metadata's address; what comes back is counted by its time to live. */
const script = `
ip link set lo up
ip address add 169.254.169.254/32 dev lo
ip address add 10.0.0.5/32 dev lo
ip address add 10.0.0.6/32 dev lo
printf '%s' "$LIMITS" | "$NFT" --file -
"$NFT" 'add table ip seen; add chain ip seen input { type filter hook input priority 0; }'
for address in 10.0.0.5 10.0.0.6; do
  for limit in 1 2; do "$NFT" "add rule ip seen input ip saddr 169.254.169.254 ip daddr $address ip ttl $limit counter comment \\"$address $limit\\""; done
done
exec "$NODE" --eval '
  const net = require("node:net");
  const server = net.createServer((socket) => socket.end("told")).listen(80, "169.254.169.254", async () => {
    for (const localAddress of ["10.0.0.5", "10.0.0.6"]) {
      await new Promise((done) => net.connect({ host: "169.254.169.254", port: 80, localAddress }).on("close", done).resume());
    }
    server.close();
    process.stdout.write(require("node:child_process").execFileSync(process.env.NFT, ["list", "table", "ip", "seen"]));
  });
'`;

// imds-hop-limit
test('what metadata says reaches an instance with as many hops left as it states', async () => {
  const instance = (hopLimit: number, address: string) =>
    ({ options: { hopLimit }, interfaces: [{ addresses: [address] }] }) as unknown as MetadataInstance;
  const LIMITS = hopLimits({
    listen: { address: '169.254.169.254', port: 80 },
    instances: [instance(1, '10.0.0.5'), instance(2, '10.0.0.6')],
  });
  const { stdout } = await promisify(execFile)('unshare', ['--user', '--map-root-user', '--net', 'sh', '-ec', script], {
    env: { ...process.env, NFT: nft, NODE: process.execPath, LIMITS, LD_LIBRARY_PATH: libraries.join(':') },
  });
  const packets = Object.fromEntries(
    [...stdout.matchAll(/counter packets (\d+) .*comment "(.+)"/g)].map((match) => [match[2], Number(match[1]) > 0]),
  );
  expect(packets).toEqual({ '10.0.0.5 1': true, '10.0.0.5 2': false, '10.0.0.6 1': false, '10.0.0.6 2': true });
});
