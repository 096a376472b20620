import { describe, expect, test } from 'vitest';
import { expandVariables } from './command-line.ts';
import { parseEnvironmentFile } from './environment-file.ts';
import { parseServiceUnit } from './parse-service-unit.ts';

const service = (...lines: string[]) => parseServiceUnit('app@blue.service', [`[Service]\n${lines.join('\n')}\n`]);

describe('a service unit', () => {
  test('says what AWS user data usually writes', () => {
    const unit = parseServiceUnit('app.service', [
      `[Unit]
Description=The application
After=network-online.target db.service
Wants=network-online.target
[Service]
Type=notify
User=app
WorkingDirectory=/opt/app
Environment=A=1 "B=two words"
EnvironmentFile=-/etc/app.env
ExecStartPre=-/bin/mkdir -p /var/x
ExecStart=/usr/bin/node server.mjs
Restart=on-failure
RestartSec=2s
LimitNOFILE=65536
StateDirectory=app
[Install]
WantedBy=multi-user.target
`,
    ]);
    expect(unit).toMatchObject({
      description: 'The application',
      after: ['network-online.target', 'db.service'],
      type: 'notify',
      user: 'app',
      workingFolder: '/opt/app',
      environment: { A: '1', B: 'two words' },
      environmentFiles: [{ path: '/etc/app.env', optional: true }],
      startPre: [{ words: ['/bin/mkdir', '-p', '/var/x'], mayFail: true }],
      restart: 'on-failure',
      restartDelay: 2000,
      limits: [{ resource: 7, soft: '65536', hard: '65536' }],
      folders: [{ path: '/var/lib/app' }],
      wantedBy: ['multi-user.target'],
      remarks: [],
    });
  });

  test('is changed by its drop-ins: an empty value takes back a list', () => {
    const unit = parseServiceUnit('app.service', [
      '[Service]\nExecStart=/bin/one\nEnvironment=A=1\n',
      '[Service]\nExecStart=\nExecStart=/bin/two\nEnvironment=B=2\n',
    ]);
    expect(unit.start.map(({ words }) => words)).toEqual([['/bin/two']]);
    expect(unit.environment).toEqual({ A: '1', B: '2' });
  });

  test('has its specifiers put in', () => {
    expect(service('ExecStart=/bin/run --color %i --unit %n --share 100%%').start[0]?.words).toEqual([
      '/bin/run',
      '--color',
      'blue',
      '--unit',
      'app@blue.service',
      '--share',
      '100%',
    ]);
    expect(() => service('ExecStart=/bin/run %b')).toThrow(
      'line 2: ExecStart=/bin/run %b: the specifier %b is not carried out',
    );
  });

  test('names what is not carried out, and what nobody knows', () => {
    const { remarks } = service('ExecStart=/bin/true', 'ProtectSystem=full', 'Frobnicate=yes', 'X-Mine=1');
    expect(remarks).toEqual([
      'app@blue.service: line 3: ProtectSystem= is not carried out in a rehearsal',
      "app@blue.service: line 4: unknown key 'Frobnicate' in section [Service], ignored",
    ]);
  });

  test.each([
    [['Type=dbus', 'ExecStart=/bin/true'], 'Type=dbus: not one of'],
    [['ExecStart=/bin/a', 'ExecStart=/bin/b'], 'more than one ExecStart'],
    [['Environment=A=1'], 'no ExecStart'],
    [['ExecStart=./relative'], 'not an absolute path'],
    [['ExecStart=/bin/true', 'TimeoutStartSec=soon'], 'not a time span'],
    [['Type=oneshot', 'ExecStart=/bin/true', 'Restart=always'], 'Restart=always, which is not allowed'],
    [['ExecStart=/bin/true', 'StandardOutput=tty'], 'not carried out'],
  ])('is refused: %j', (lines, reason) => {
    expect(() => service(...lines)).toThrow(reason);
  });
});

test('variables are put into words, and a word of its own is split', () => {
  const [command] = service("ExecStart=/bin/x $FLAGS --name=${NAME} '$HOME is $$HOME' ${NONE}").start;
  const environment = { FLAGS: '-a  -b', NAME: 'one two' };
  expect(expandVariables(command!, environment)).toEqual([
    '/bin/x',
    '-a',
    '-b',
    '--name=one two',
    '$HOME is $HOME',
    '',
  ]);
  const [literal] = service('ExecStart=:/bin/x $FLAGS').start;
  expect(expandVariables(literal!, environment)).toEqual(['/bin/x', '$FLAGS']);
});

test('an environment file is read as a shell would', () => {
  const text = `# comment\nA=plain words\nB="double \\"quoted\\" $kept"\nC='single'\nexport D=4\n  E = spaced \nF=one\\\ntwo\nnot a line\n`;
  expect(parseEnvironmentFile(text)).toEqual({
    A: 'plain words',
    B: 'double "quoted" $kept',
    C: 'single',
    D: '4',
    E: 'spaced',
    F: 'onetwo',
  });
});
