import { words } from '../words.ts';
import { holds, overlaps, parseRange, type Range } from './range.ts';
import type { SettingReader } from './setting.ts';
import type { Addresses, ServerSettings, Settings } from './settings.ts';

/** What no single setting shows: ranges that do not fit each other, numbers out of order, choices that exclude each other. */
export function checkSettings(settings: Settings, reader: SettingReader): void {
  checkAddresses(settings.addresses, reader);
  checkServers('web', settings.web, reader);
  checkServers('application', settings.application, reader);
  if (new Set(settings.zones).size < settings.zones.length) {
    reader.refuse(
      'zones',
      words(
        `${settings.zones.join(', ')} names a zone twice`,
        `${settings.zones.join(', ')}에 같은 가용 영역이 두 번 있습니다`,
      ),
      words('name three different zones', '서로 다른 가용 영역 셋을 지정하세요'),
    );
  }
  for (const zone of settings.zones.filter((each) => !each.startsWith(settings.region))) {
    reader.refuse(
      'zones',
      words(`${zone} is not in ${settings.region}`, `${settings.region} 리전에 ${zone} 가용 영역이 없습니다`),
      words(`name zones of ${settings.region}`, `${settings.region} 리전의 가용 영역을 지정하세요`),
    );
  }
  if (!settings.database.encryption && settings.database.key === 'own') {
    reader.refuse(
      'databaseKey',
      words('a key is given for a database that is not encrypted', '암호화하지 않는 데이터베이스에 키를 지정했습니다'),
      words(
        'set databaseEncryption to true, or databaseKey to aws',
        'databaseEncryption을 true로 하거나 databaseKey를 aws로 하세요',
      ),
    );
  }
  if (settings.names.hostedZone !== null && settings.names.domain === null) {
    reader.refuse(
      'hostedZone',
      words('a hosted zone is given without a domain', '도메인 없이 호스팅 영역만 지정했습니다'),
      words('give domain too', 'domain도 지정하세요'),
    );
  }
}

function checkAddresses(addresses: Addresses, reader: SettingReader): void {
  const vpcs = { publicVpc: [addresses.publicVpc], privateVpc: [addresses.privateVpc] };
  const inPublic = {
    publicSubnets: addresses.publicSubnets,
    webSubnets: addresses.webSubnets,
    applicationSubnets: addresses.applicationSubnets,
  };
  const inPrivate = {
    databaseSubnets: addresses.databaseSubnets,
    testSubnet: addresses.testSubnet === null ? [] : [addresses.testSubnet],
  };
  checkEach(vpcs, [16, 28], reader);
  checkEach({ ...inPublic, ...inPrivate }, [16, 28], reader);
  checkApart(vpcs, words('peered VPCs must not overlap', '피어링하는 VPC의 CIDR 블록은 겹칠 수 없습니다'), reader);
  checkInside('publicVpc', addresses.publicVpc, inPublic, reader);
  checkInside('privateVpc', addresses.privateVpc, inPrivate, reader);
}

type Ranges = Readonly<Record<string, readonly string[]>>;

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html: between /16 and /28. */
function checkEach(ranges: Ranges, [widest, narrowest]: readonly [number, number], reader: SettingReader): void {
  for (const [setting, text] of listed(ranges)) {
    const range = parseRange(text);
    if (range === undefined) {
      reader.refuse(
        setting,
        words(
          `${text} is no range: an octet is above 255, or bits are set behind the length`,
          `올바른 CIDR 블록이 아닙니다: ${text}. 255를 넘는 값이 있거나 접두사 길이 뒤에 비트가 남아 있습니다`,
        ),
        words('write it as 10.10.1.0/24', '10.10.1.0/24처럼 쓰세요'),
      );
    } else if (range.length < widest || range.length > narrowest) {
      reader.refuse(
        setting,
        words(
          `AWS takes ranges from /${widest} to /${narrowest}, ${text} is not`,
          `${text}의 길이가 AWS에서 쓸 수 있는 /${widest}~/${narrowest}에서 벗어납니다`,
        ),
        words('choose another length', '접두사 길이를 바꾸세요'),
      );
    }
  }
}

function checkInside(vpcSetting: string, vpcText: string, subnets: Ranges, reader: SettingReader): void {
  const vpc = parseRange(vpcText);
  if (vpc === undefined) return;
  for (const [setting, text] of listed(subnets)) {
    const subnet = parseRange(text);
    if (subnet === undefined || holds(vpc, subnet)) continue;
    reader.refuse(
      setting,
      words(`${text} is not within ${vpcText}`, `${text} 블록이 ${vpcText} 안에 있지 않습니다`),
      words(`choose a range inside ${vpcSetting}`, `${vpcSetting} 안의 CIDR 블록을 고르세요`),
    );
  }
  checkApart(subnets, words('subnets of one VPC must not overlap', '한 VPC의 서브넷은 겹칠 수 없습니다'), reader);
}

function checkApart(ranges: Ranges, rule: { en: string; ko: string }, reader: SettingReader): void {
  const parsed = listed(ranges).flatMap(([setting, text]) => {
    const range = parseRange(text);
    return range ? [{ setting, text, range }] : [];
  });
  for (const [index, one] of parsed.entries()) {
    for (const other of parsed.slice(index + 1)) {
      if (!overlaps(one.range as Range, other.range as Range)) continue;
      reader.refuse(
        other.setting,
        words(
          `${one.text} and ${other.text} overlap; ${rule.en}`,
          `서로 겹칩니다: ${one.text}, ${other.text}. ${rule.ko}`,
        ),
        words('choose ranges apart from each other', '서로 겹치지 않는 CIDR 블록을 고르세요'),
      );
    }
  }
}

function listed(ranges: Ranges): [string, string][] {
  return Object.entries(ranges).flatMap(([setting, texts]) => texts.map((text): [string, string] => [setting, text]));
}

function checkServers(name: string, { least, usual, most }: ServerSettings, reader: SettingReader): void {
  if (least <= usual && usual <= most) return;
  reader.refuse(
    `${name}Usual`,
    words(
      `${name}Least, ${name}Usual and ${name}Most are ${least}, ${usual} and ${most}`,
      `${name}Least, ${name}Usual, ${name}Most가 ${least}, ${usual}, ${most}입니다`,
    ),
    words('let them rise: least ≤ usual ≤ most', '최소 용량 ≤ 원하는 용량 ≤ 최대 용량이 되게 하세요'),
  );
}
