import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeUserData, partsOf } from './user-data.ts';

test('a script is one part, with the lines Windows ends in mended', () => {
  expect(partsOf('#!/bin/bash\r\necho hi\r\n')).toEqual([
    { kind: 'script', name: 'part-001', content: '#!/bin/bash\necho hi\n' },
  ]);
});

test('nothing has no parts', () => {
  expect(partsOf(' \n')).toEqual([]);
});

test.each([
  ['#cloud-config\npackages: [nginx]\n', 'cloud-config', '#cloud-config\npackages: [nginx]\n'],
  ['#cloud-boothook\n#!/bin/sh\necho hi\n', 'boothook', '#!/bin/sh\necho hi\n'],
  ['#cloud-boothook\ncloud-init-per once a echo hi\n', 'boothook', 'cloud-init-per once a echo hi\n'],
])('%j is a %s', (text, kind, content) => {
  expect(partsOf(text)).toEqual([{ kind, name: 'part-001', content }]);
});

test('compressed user data is unpacked, and what only looks like it is told', () => {
  expect(decodeUserData(gzipSync('#!/bin/sh\necho hi\n').toString('base64'))).toBe('#!/bin/sh\necho hi\n');
  expect(decodeUserData(Buffer.from('#!/bin/sh\n').toString('base64'))).toBe('#!/bin/sh\n');
  const broken = decodeUserData(Buffer.from([0x1f, 0x8b, 1, 2, 3]).toString('base64'));
  expect(partsOf(broken)).toMatchObject([{ kind: 'refused' }]);
});

test('an archive within an archive, with a cloud-config and a compressed script', () => {
  const inner = `Content-Type: multipart/mixed; boundary="in"

--in
Content-Type: text/cloud-config

packages: [jq]
--in
Content-Type: text/plain
Content-Transfer-Encoding: base64

${gzipSync('#!/bin/sh\necho packed\n').toString('base64')}
--in--
`;
  const outer = `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="out"

--out
${inner}
--out
Content-Type: text/x-include-url

https://example.com/
--out--
`;
  expect(partsOf(outer)).toMatchObject([
    { kind: 'cloud-config', content: 'packages: [jq]' },
    { kind: 'script', content: '#!/bin/sh\necho packed\n' },
    { kind: 'refused', reason: expect.stringContaining('text/x-include-url') },
  ]);
});

test.each([
  ['#cloud-config-archive\n- a\n', 'archive'],
  ['#part-handler\n', 'part handler'],
  ['#include\nhttps://example.com\n', 'include'],
  ['## template: jinja\n#cloud-config\n', 'Jinja'],
  ['echo hello\n', 'does not begin with #!'],
])('what is not carried out is named: %j', (text, reason) => {
  expect(partsOf(text)).toMatchObject([{ kind: 'refused', reason: expect.stringContaining(reason) }]);
});

test('a multi-part archive has its parts in order, each decoded', () => {
  const archive = `MIME-Version: 1.0
Content-Type: multipart/mixed;
 boundary="//"

--//
Content-Type: text/x-shellscript; charset="utf-8"
Content-Transfer-Encoding: quoted-printable
Content-Disposition: attachment; filename="greet.sh"

#!/bin/bash
echo 'one =3D =ED=95=9C=
'
--//
Content-Type: text/x-shellscript
Content-Transfer-Encoding: base64

${Buffer.from('#!/bin/sh\n\necho two\n').toString('base64')}
--//
Content-Type: text/x-python
Content-Transfer-Encoding: rot13

#!/usr/bin/python3
--//--
`;
  expect(partsOf(archive)).toEqual([
    { kind: 'script', name: 'greet.sh', content: "#!/bin/bash\necho 'one = 한'" },
    { kind: 'script', name: 'part-002', content: '#!/bin/sh\n\necho two\n' },
    { kind: 'refused', name: 'part-003', reason: 'the encoding rot13 is not known' },
  ]);
});
