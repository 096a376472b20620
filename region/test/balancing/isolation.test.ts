import { expect, test } from 'vitest';
import { template } from '../connectivity-templates.ts';
import { InhabitedNetwork } from '../fabric/inhabited-network.ts';
import { balancer, forward, ground, listener, server, targets } from './balancing-templates.ts';

const looking = `
for each in /proc/[0-9]*; do
  [ "$(cat $each/comm 2>/dev/null)" = haproxy ] || continue
  grep -E '^(CapInh|CapPrm|CapEff|CapBnd|CapAmb|NoNewPrivs):' $each/status
  echo "root: $(ls $each/root | sort | tr '\\n' ' ')"
  echo "processes: $( (ls -A $each/root/proc; ls -A $each/root/former) | wc -l)"
  echo "written: $(nsenter --mount=$each/ns/mnt sh -c 'touch /usr/here 2>/dev/null && echo yes || echo no')"
done
`;

test('a node of a load balancer holds no capability, can gain none, and sees nothing of the machine', async () => {
  await using network = await InhabitedNetwork.open(
    template(ground, balancer(), server('One'), targets('Group', ['One']), listener('Front', 80, forward('Group'))),
    { One: 8080 },
  );
  const said = (await network.run('internet', 'sh', '-c', looking)).trim().split('\n');
  const lines = said.map((line) => line.replace(/\s+/g, ' ').trim());
  expect(lines.filter((line) => line.startsWith('root:'))).toHaveLength(2);
  const capabilities = lines.filter((line) => line.startsWith('Cap'));
  expect(capabilities).toHaveLength(10);
  for (const line of capabilities) expect(line).toMatch(/: 0{16}$/);
  expect(lines.filter((line) => line.startsWith('NoNewPrivs'))).toEqual(['NoNewPrivs: 1', 'NoNewPrivs: 1']);
  for (const line of lines.filter((each) => each.startsWith('root:'))) {
    expect(line).toMatch(/^root: bin dev former lib( lib32)?( lib64)? proc run sbin usr$/);
  }
  expect(new Set(lines.filter((line) => line.startsWith('processes:')))).toEqual(new Set(['processes: 0']));
  expect(new Set(lines.filter((line) => line.startsWith('written:')))).toEqual(new Set(['written: no']));
});
