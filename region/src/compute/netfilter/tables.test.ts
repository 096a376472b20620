import { describe, expect, test } from 'vitest';
import { deviceOf } from './rule.ts';
import { command, noTables, restore, ruleset, save, type Tables } from './tables.ts';

function after(...lines: readonly string[]): Tables {
  return lines.reduce((tables, line) => command(tables, line.split(' ')).tables, noTables);
}

const statements = (tables: Tables) =>
  ruleset(tables, true)
    .split('\n')
    .filter((line) => line.includes('counter'))
    .map((line) => line.trim());

/** https://manpages.debian.org/bookworm/iptables/iptables-extensions.8.en.html */
describe('a rule of iptables, as nftables', () => {
  test.each([
    ['-t nat -A POSTROUTING -o eth0 -j MASQUERADE', 'oifname "eth0" counter masquerade'],
    [
      '-t nat -A POSTROUTING -o ens5 -s 10.0.0.0/16 -j MASQUERADE',
      'oifname "eth0" ip saddr 10.0.0.0/16 counter masquerade',
    ],
    [
      '-t nat -A POSTROUTING -s 10.0.0.0/255.255.0.0 -j SNAT --to-source 10.0.0.9',
      'ip saddr 10.0.0.0/16 counter snat to 10.0.0.9',
    ],
    [
      '-t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-port 8080',
      'meta l4proto tcp tcp dport 80 counter redirect to :8080',
    ],
    [
      '-t nat -A PREROUTING -i eth0 -p tcp -m tcp --dport 2222 -j DNAT --to-destination 10.0.1.5:22',
      'iifname "eth0" meta l4proto tcp tcp dport 2222 counter dnat to 10.0.1.5:22',
    ],
    [
      '-A INPUT -p tcp -m multiport --dports 80,443,8000:8100 -j ACCEPT',
      'meta l4proto tcp tcp dport { 80, 443, 8000-8100 } counter accept',
    ],
    [
      '-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      'ct state { related, established } counter accept',
    ],
    ['-A FORWARD -m state --state NEW -j DROP', 'ct state new counter drop'],
    ['-A INPUT ! -i lo ! -s 10.0.0.0/8 -j DROP', 'iifname != "lo" ip saddr != 10.0.0.0/8 counter drop'],
    [
      '-A INPUT -i eth+ -p icmp --icmp-type 8 -j ACCEPT',
      'iifname "eth*" meta l4proto icmp icmp type echo-request counter accept',
    ],
    ['-A INPUT -j REJECT --reject-with icmp-host-prohibited', 'counter reject with icmp type host-prohibited'],
    ['-A INPUT -p all -d 10.0.0.1,10.0.0.2 -j ACCEPT', 'ip daddr { 10.0.0.1, 10.0.0.2 } counter accept'],
    ['-A INPUT -p 6 --sport 1024:65535', 'meta l4proto tcp tcp sport 1024-65535 counter'],
  ])('%s', (line, statement) => {
    expect(statements(after(line))).toEqual([statement]);
  });

  test.each([
    ['-A INPUT -s example.com -j ACCEPT', /not found/],
    ['-A INPUT -s 10.0.0.0/33 -j ACCEPT', /invalid mask/],
    ['-A INPUT -s 300.0.0.1 -j ACCEPT', /not found/],
    ['-A INPUT -i eth0";flush -j ACCEPT', /interface name/],
    ['-A INPUT --dport 80 -j ACCEPT', /unknown option/],
    ['-A INPUT -p tcp --dport http;drop -j ACCEPT', /invalid port/],
    ['-A INPUT -p tcp --dport 70000 -j ACCEPT', /invalid port/],
    ['-A INPUT -m string --string x -j DROP', /the match string is not carried out/],
    ['-A INPUT -j LOG', /the target LOG is not there/],
    ['-A INPUT -j MASQUERADE', /POSTROUTING of the table nat/],
    ['-t nat -A PREROUTING -j REDIRECT --to-ports 80', /need TCP or UDP/],
    ['-t nat -A POSTROUTING -j SNAT --to-source 10.0.0.1;drop', /bad address/],
    ['-t mangle -A POSTROUTING -j ACCEPT', /the table mangle is not carried out/],
    ['-A NONE -j ACCEPT', /No chain/],
    ['-A INPUT -j', /requires an argument/],
    ['-Q', /the command -Q is not carried out/],
    ['-N a/b', /chain name/],
    ['-P INPUT QUEUE', /Bad policy/],
  ])('%s is refused', (line, said) => {
    expect(() => after(line)).toThrow(said);
  });

  test('nothing but recognized words gets into the ruleset, whatever is given', () => {
    const nasty = ['"', ';', '}', '\n', '{ drop }', '`id`', '$(id)', '\0', 'x" accept; "'];
    const options = [
      '-s',
      '-d',
      '-i',
      '-o',
      '-p',
      '-j',
      '--dport',
      '--ctstate',
      '--icmp-type',
      '--comment',
      '--to-source',
      '-m',
    ];
    for (const option of options)
      for (const word of nasty) {
        let text = '';
        try {
          text = ruleset(command(noTables, ['-A', 'INPUT', '-p', 'tcp', option, word]).tables, true);
        } catch {
          continue;
        }
        expect(text.split('\n').filter((line) => line.includes('counter'))).toEqual(['    meta l4proto tcp counter']);
      }
  });
});

describe('iptables', () => {
  test('inserts, checks, deletes and flushes', () => {
    const tables = after(
      '-A INPUT -j DROP',
      '-I INPUT -i lo -j ACCEPT',
      '-I INPUT 2 -p icmp -j ACCEPT',
      '-N web',
      '-A INPUT -j web',
    );
    expect(command(tables, ['-S', 'INPUT']).out).toBe(
      '-P INPUT ACCEPT\n-A INPUT -i lo -j ACCEPT\n-A INPUT -p icmp -j ACCEPT\n-A INPUT -j DROP\n-A INPUT -j web\n',
    );
    expect(command(tables, ['-C', 'INPUT', '-j', 'DROP']).tables).toBe(tables);
    expect(() => command(tables, ['-C', 'INPUT', '-j', 'ACCEPT'])).toThrow('Bad rule');
    const less = command(command(tables, ['-D', 'INPUT', '-j', 'DROP']).tables, ['-D', 'INPUT', '1']).tables;
    expect(statements(less)).toEqual(['meta l4proto icmp counter accept', 'counter jump filter_web']);
    expect(statements(command(less, ['-F', 'INPUT']).tables)).toEqual([]);
    expect(command(tables, ['-L', 'INPUT', '-n']).out).toMatch(/Chain INPUT \(policy ACCEPT\)\n.*\nACCEPT +all/);
  });

  test('saves what it restores', () => {
    const text = `# a comment
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [3:180]
-A POSTROUTING -o eth0 -j MASQUERADE
COMMIT
*filter
:INPUT DROP [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:mine - [0:0]
[1:2] -A INPUT -m comment --comment "the way in" -j mine
-A mine -p tcp -m tcp --dport 22 -j ACCEPT
COMMIT
`;
    const tables = restore(noTables, text, false);
    expect(restore(noTables, save(tables), false)).toEqual(tables);
    expect(save(tables)).toContain(':INPUT DROP [0:0]');
    expect(() => restore(noTables, '*filter\n-A INPUT -j NONE\nCOMMIT\n', false)).toThrow('line 2 failed');
    expect(() => restore(noTables, '-A INPUT -j DROP\n', false)).toThrow('no table');
    expect(statements(restore(tables, '*filter\nCOMMIT\n', true))).toHaveLength(3);
  });

  test('bounds how much there may be', () => {
    let tables = noTables;
    for (let count = 0; count < 500; count += 1) tables = command(tables, ['-A', 'INPUT', '-j', 'DROP']).tables;
    expect(() => command(tables, ['-A', 'INPUT', '-j', 'DROP'])).toThrow('more than 500 rules');
  });

  test('the gate drops what is to be forwarded until forwarding is on', () => {
    expect(ruleset(noTables, false)).toMatch(/hook forward priority -200; policy drop/);
    expect(ruleset(noTables, true)).not.toMatch(/hook/);
  });

  test.each([
    ['eth0', 'eth0'],
    ['ens5', 'eth0'],
    ['ens6', 'eth1'],
    ['enX0', 'eth0'],
    ['ens3', 'ens3'],
    ['lo', 'lo'],
  ])('calls %s %s', (given, device) => {
    expect(deviceOf(given)).toBe(device);
  });
});
