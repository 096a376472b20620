import { expect, test } from 'vitest';
import { partsOf } from './user-data.ts';

test('a script is one part, with the lines Windows ends in mended', () => {
  expect(partsOf('#!/bin/bash\r\necho hi\r\n')).toEqual([
    { kind: 'script', name: 'part-001', content: '#!/bin/bash\necho hi\n' },
  ]);
});

test('nothing has no parts', () => {
  expect(partsOf(' \n')).toEqual([]);
});

test.each([
  ['#cloud-config\npackages: [nginx]\n', 'cloud-config'],
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
