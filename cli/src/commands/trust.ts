import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { words } from '@terrace/cloud/words';
import { Authority } from '@terrace/region/authority/authority';
import type { CommandDefinition } from '../command.ts';
import { stateDirectory } from '../running/region-client.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'trust',
  summary: words(
    'where the certificate of this folder’s local authority is, and how to trust it for HTTPS',
    '이 폴더의 로컬 인증 기관 인증서가 있는 곳과 HTTPS에서 신뢰하는 방법',
  ),
  options: [],
  examples: ['terrace trust', 'terrace trust --json'],
  async run({ terminal }) {
    const authority = await Authority.open(join(stateDirectory(), 'authority'));
    const file = authority.certificateFile;
    const { fingerprint256, validTo, subject } = new X509Certificate(authority.certificate);
    const name = /CN=(.*)/.exec(subject)?.[1] ?? 'Terrace local authority';
    const ways = waysToTrust(shellWord(file), shellWord(name));
    terminal.result(
      { certificate: file, name, fingerprint: fingerprint256, validTo: new Date(validTo).toISOString(), ways },
      () => [
        words(`Certificate: ${file}`, `인증서: ${file}`)[terminal.language],
        `${name}`,
        `SHA-256 ${fingerprint256}`,
        '',
        ...ways.flatMap(({ who, command: line }) => [`${who[terminal.language]}:`, `  ${line}`]),
        '',
        remark[terminal.language],
      ],
    );
    return exitCode.answered;
  },
};

const remark = words(
  'Nobody trusts it until you say so. Its key lies beside it, readable by you alone: whoever has it could pass for any site to a browser that trusts it, so take the trust back when you are done.',
  '직접 신뢰하도록 설정하기 전에는 아무 프로그램도 이 인증서를 믿지 않습니다. 같은 폴더의 개인 키는 본인만 읽을 수 있습니다. 키를 가진 사람은 이 인증서를 믿는 브라우저를 상대로 어떤 사이트인 척도 할 수 있으니, 다 쓴 뒤에는 신뢰를 해제하세요.',
);

function waysToTrust(file: string, name: string) {
  const store = '"sql:$HOME/.pki/nssdb"';
  return [
    { who: words('curl, once', 'curl에서 한 번만'), command: `curl --cacert ${file} https://localhost:PORT/` },
    {
      who: words('curl, under a name of your own', 'curl에서 직접 정한 도메인 이름으로'),
      command: `curl --cacert ${file} --connect-to ::127.0.0.1:PORT https://NAME/`,
    },
    { who: words('Node.js', 'Node.js'), command: `NODE_EXTRA_CA_CERTS=${file} node PROGRAM` },
    {
      who: words(
        'Chromium and Chrome on Linux (package libnss3-tools)',
        '리눅스의 Chromium과 Chrome(libnss3-tools 패키지 필요)',
      ),
      command: `certutil -d ${store} -A -t C,, -n ${name} -i ${file}`,
    },
    {
      who: words('Chromium and Chrome, to take it back', 'Chromium과 Chrome에서 신뢰 해제'),
      command: `certutil -d ${store} -D -n ${name}`,
    },
    {
      who: words(
        'Firefox: Settings, Privacy & Security, Certificates, View Certificates, Authorities, Import',
        'Firefox: 설정, 개인 정보 및 보안, 인증서, 인증서 보기, 인증 기관, 가져오기',
      ),
      command: file,
    },
    {
      who: words('the whole machine (Debian, Ubuntu)', '컴퓨터 전체(Debian, Ubuntu)'),
      command: `sudo cp ${file} /usr/local/share/ca-certificates/terrace.crt && sudo update-ca-certificates`,
    },
    {
      who: words('the whole machine, to take it back', '컴퓨터 전체에서 신뢰 해제'),
      command: 'sudo rm /usr/local/share/ca-certificates/terrace.crt && sudo update-ca-certificates --fresh',
    },
  ];
}

/** A word that a shell takes as it is. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
