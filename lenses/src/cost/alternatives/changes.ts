import type { Usage } from '@terrace/cloud/families/contract/usage';
import { engineOf } from '@terrace/cloud/families/database/database';
import { operatingSystem } from '@terrace/cloud/families/instance/operating-system';
import { launchData } from '@terrace/cloud/families/launch-template/launch-data';
import { isFront } from '@terrace/cloud/families/load-balancer/traffic';
import type { Inventory, Resource } from '@terrace/cloud/inventory';
import type { JsonObject } from '@terrace/cloud/json';
import { type Words, words } from '@terrace/cloud/words';
import { type Bill, billOf } from '../bill/bill.ts';
import type { Estate } from '../bill/estate.ts';
import type { PriceBook } from '../prices/prices.ts';
import { flag, object, text } from './properties.ts';

/** What a change takes away, from nothing to something that users notice at once. */
export type Loss = 'nothing' | 'comfort' | 'room' | 'resilience' | 'function';

export const losses: Readonly<Record<Loss, { readonly weight: number; readonly words: Words }>> = {
  nothing: { weight: 0, words: words('nothing', '없음') },
  comfort: { weight: 1, words: words('comfort', '편의') },
  room: { weight: 2, words: words('room to grow', '여유') },
  resilience: { weight: 4, words: words('resilience', '장애 대비') },
  function: { weight: 8, words: words('a function', '기능') },
};

/** A way to pay less: another estate, which is then priced like any other. */
export interface Change {
  readonly id: string;
  readonly title: Words;
  readonly loss: Loss;
  readonly givesUp: Words;
  /** `undefined` where the estate has nothing of the kind. */
  apply(estate: Estate): Estate | undefined;
}

export interface Saving {
  readonly change: Change;
  /** Dollars a month. */
  readonly usd: number;
  readonly bill: Bill;
}

/** What each change alone would save: those that give up least first, and of those the largest saving first. */
export function savings(estate: Estate, usage: Usage, book: PriceBook, region: string): Saving[] {
  const now = billOf(estate, usage, book, region);
  return changes
    .flatMap((change) => {
      const changed = change.apply(estate);
      if (!changed) return [];
      const bill = billOf(changed, usage, book, region);
      const comparable = unknownLines(bill) <= unknownLines(now);
      const usd = now.usd - bill.usd;
      return comparable && usd > 0.005 ? [{ change, usd, bill }] : [];
    })
    .sort((one, other) => losses[one.change.loss].weight - losses[other.change.loss].weight || other.usd - one.usd);
}

function unknownLines(bill: Bill): number {
  return bill.lines.filter((line) => line.usd === null).length;
}

export const changes: readonly Change[] = [
  {
    id: 'graviton',
    title: words('Graviton servers instead of Intel ones (t3 → t4g)', 'Intel 대신 Graviton 서버 (t3 → t4g)'),
    loss: 'nothing',
    givesUp: words(
      'images and native modules must be built for arm64',
      '이미지와 네이티브 모듈을 arm64용으로 만들어야 합니다',
    ),
    apply: (estate) =>
      serversRunLinux(estate) ? retype(estate, (type) => type.replace(/^t3\./, 't4g.'), notDatabase) : undefined,
  },
  {
    id: 'graviton-database',
    title: words(
      'a Graviton database instead of an Intel one (t3 → t4g)',
      'Intel 대신 Graviton 데이터베이스 (t3 → t4g)',
    ),
    loss: 'nothing',
    givesUp: words('nothing that the engine notices', '엔진에는 차이가 없습니다'),
    apply: (estate) =>
      retype(
        estate,
        (type) => type.replace(/^db\.t3\./, 'db.t4g.'),
        (resource) =>
          resource.type === 'AWS::RDS::DBInstance' && !/^(sqlserver|oracle|db2)/.test(engineOf(resource.properties)),
      ),
  },
  {
    id: 'gp3',
    title: words('gp3 disks instead of gp2', 'gp2 대신 gp3 디스크'),
    loss: 'nothing',
    givesUp: words('nothing: 3,000 IOPS are included at any size', '없음: 크기와 상관없이 3,000 IOPS가 포함됩니다'),
    apply: (estate) => edit(estate, (resource) => replaceText(resource, '"VolumeType":"gp2"', '"VolumeType":"gp3"')),
  },
  {
    id: 'basic-monitoring',
    title: words('metrics every five minutes instead of every minute', '1분 대신 5분 간격 지표'),
    loss: 'comfort',
    givesUp: words(
      'scaling and alarms see a change up to five minutes later',
      '확장과 경보가 변화를 최대 5분 늦게 압니다',
    ),
    apply: (estate) =>
      edit(estate, (resource) =>
        replaceText(resource, '"Monitoring":{"Enabled":true}', '"Monitoring":{"Enabled":false}'),
      ),
  },
  {
    id: 'managed-key',
    title: words(
      'the database under AWS’s own key instead of a key of one’s own',
      '직접 만든 키 대신 AWS 관리형 키로 데이터베이스 암호화',
    ),
    loss: 'comfort',
    givesUp: words(
      'still encrypted, but who may decrypt cannot be chosen and a snapshot cannot be shared with another account',
      '암호화는 그대로지만 누가 복호화할지 고를 수 없고 스냅샷을 다른 계정과 나눌 수 없습니다',
    ),
    apply: (estate) => {
      const used = estate.inventory.resources.some(
        (each) => each.type.startsWith('AWS::RDS::') && each.properties.KmsKeyId !== undefined,
      );
      return used ? remove(estate, (resource) => resource.type === 'AWS::KMS::Key') : undefined;
    },
  },
  {
    id: 'no-hosted-zone',
    title: words('no hosted zones', '호스팅 영역 없음'),
    loss: 'comfort',
    givesUp: words(
      'names of one’s own end; what AWS calls each thing is its address',
      '직접 만든 이름을 쓸 수 없고 AWS가 붙인 긴 이름이 곧 주소가 됩니다',
    ),
    apply: (estate) => remove(estate, (resource) => resource.type === 'AWS::Route53::HostedZone'),
  },
  {
    id: 'one-nat',
    title: words('one NAT gateway for all zones', '모든 영역이 NAT 게이트웨이 하나를 함께 사용'),
    loss: 'resilience',
    givesUp: words(
      'if its zone fails, no other zone reaches out; traffic to it crosses zones',
      '그 영역에 장애가 나면 다른 영역도 밖으로 나갈 수 없고, 영역을 넘는 전송료가 듭니다',
    ),
    apply: (estate) => {
      const [first, ...others] = estate.inventory.resources.filter((each) => each.type === 'AWS::EC2::NatGateway');
      return first && others.length > 0 ? removeGateways(estate, others) : undefined;
    },
  },
  {
    id: 'smaller-servers',
    title: words('servers one size smaller', '서버를 한 단계 작게'),
    loss: 'room',
    givesUp: words(
      'half the memory; the processor’s baseline halves too',
      '메모리가 절반이 되고 CPU 기준 성능도 절반이 됩니다',
    ),
    apply: (estate) => retype(estate, smaller, notDatabase),
  },
  {
    id: 'single-zone-database',
    title: words('the database in one zone', '데이터베이스를 단일 AZ로'),
    loss: 'resilience',
    givesUp: words(
      'its zone’s failure takes it down until it is restored from a backup',
      '영역 장애가 나면 백업에서 복원할 때까지 데이터베이스가 멈춥니다',
    ),
    apply: (estate) =>
      edit(estate, (resource) =>
        resource.type === 'AWS::RDS::DBInstance' && flag(resource.properties.MultiAZ)
          ? { ...resource, properties: { ...resource.properties, MultiAZ: false } }
          : resource,
      ),
  },
  {
    id: 'one-server-a-tier',
    title: words('one server in each tier', '계층마다 서버 한 대'),
    loss: 'resilience',
    givesUp: words(
      'a server’s failure is an outage until the group has replaced it, some minutes',
      '서버 한 대가 죽으면 그룹이 새로 띄울 때까지 몇 분 동안 서비스가 멈춥니다',
    ),
    apply: (estate) => {
      const instances = estate.fleet.instances.filter(
        (each, index, all) => all.findIndex((other) => other.statedBy === each.statedBy) === index,
      );
      return instances.length < estate.fleet.instances.length ? { ...estate, fleet: { instances } } : undefined;
    },
  },
  {
    id: 'no-internal-balancer',
    title: words(
      'web servers call application servers without the internal load balancer',
      '내부 로드 밸런서 없이 웹 서버가 애플리케이션 서버를 직접 호출',
    ),
    loss: 'resilience',
    givesUp: words(
      'the web tier must learn of new and failed application servers itself',
      '새로 뜨거나 죽은 애플리케이션 서버를 웹 계층이 스스로 알아내야 합니다',
    ),
    apply: (estate) =>
      remove(estate, (resource) => resource.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' && !isFront(resource)),
  },
  {
    id: 'no-nat',
    title: words(
      'no NAT gateway: servers boot from a finished image, and one endpoint reaches Secrets Manager',
      'NAT 게이트웨이 없이 완성된 이미지로 부팅하고, Secrets Manager는 엔드포인트 하나로 연결',
    ),
    loss: 'function',
    givesUp: words(
      'no updates, no Session Manager, no AWS API but S3 (by its free gateway endpoint) and Secrets Manager; endpoints for all of them cost more than the NAT gateway',
      '업데이트도 Session Manager도 못 쓰고, 닿는 AWS API는 S3(무료 게이트웨이 엔드포인트)와 Secrets Manager뿐입니다. 나머지까지 엔드포인트로 만들면 NAT 게이트웨이보다 비쌉니다',
    ),
    apply: (estate) => {
      const gateways = estate.inventory.resources.filter((each) => each.type === 'AWS::EC2::NatGateway');
      return gateways.length > 0 ? withSecretsEndpoint(removeGateways(estate, gateways)!, gateways[0]!) : undefined;
    },
  },
];

function notDatabase(resource: Resource): boolean {
  return !resource.type.startsWith('AWS::RDS::');
}

/** Graviton runs Linux alone: advice for it is none where a server runs something else. */
function serversRunLinux({ inventory }: Estate): boolean {
  return inventory.resources
    .filter(({ type }) => type === 'AWS::EC2::Instance' || type === 'AWS::AutoScaling::AutoScalingGroup')
    .map((resource) => launchData(inventory, resource))
    .every((data) => operatingSystem(data, inventory.imageNames?.[text(data.ImageId) ?? ''] ?? []).name === 'Linux');
}

/** The next size down, as far as `nano`. */
function smaller(type: string): string {
  const sizes = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge', '2xlarge', '4xlarge'];
  const [, head, size] = /^(.*)\.([^.]+)$/.exec(type) ?? [];
  const index = sizes.indexOf(size ?? '');
  return index > 0 ? `${head}.${sizes[index - 1]}` : type;
}

function retype(estate: Estate, change: (type: string) => string, of: (resource: Resource) => boolean = () => true) {
  return edit(estate, (resource) => {
    if (!of(resource)) return resource;
    const { InstanceType, DBInstanceClass, LaunchTemplateData } = resource.properties;
    const properties: Record<string, JsonObject[string]> = { ...resource.properties };
    if (text(InstanceType)) properties.InstanceType = change(text(InstanceType)!);
    if (text(DBInstanceClass)) properties.DBInstanceClass = change(text(DBInstanceClass)!);
    const launched = text(object(LaunchTemplateData).InstanceType);
    if (launched) properties.LaunchTemplateData = { ...object(LaunchTemplateData), InstanceType: change(launched) };
    return JSON.stringify(properties) === JSON.stringify(resource.properties) ? resource : { ...resource, properties };
  });
}

function replaceText(resource: Resource, from: string, to: string): Resource {
  const written = JSON.stringify(resource.properties);
  return written.includes(from) ? { ...resource, properties: JSON.parse(written.replaceAll(from, to)) } : resource;
}

function removeGateways(estate: Estate, gateways: readonly Resource[]): Estate | undefined {
  const addresses = new Set(gateways.map((gateway) => gateway.properties.AllocationId));
  return remove(
    estate,
    (resource) =>
      gateways.includes(resource) ||
      (resource.type === 'AWS::EC2::EIP' &&
        (addresses.has(resource.attributes.AllocationId ?? '') || addresses.has(resource.physicalId))),
  );
}

/** What reads its password from Secrets Manager still has to reach it: one interface endpoint, in one zone. */
function withSecretsEndpoint(estate: Estate, instead: Resource): Estate {
  const { resources, region } = estate.inventory;
  const service = `com.amazonaws.${region}.secretsmanager`;
  const needed = resources.some((each) => each.type === 'AWS::SecretsManager::Secret');
  const there = resources.some((each) => each.properties.ServiceName === service);
  if (!needed || there) return estate;
  const endpoint: Resource = {
    ...instead,
    key: `${instead.stack}/SecretsEndpoint`,
    logicalId: 'SecretsEndpoint',
    physicalId: 'vpce-secrets',
    type: 'AWS::EC2::VPCEndpoint',
    attributes: {},
    properties: { VpcEndpointType: 'Interface', ServiceName: service, SubnetIds: [instead.properties.SubnetId ?? ''] },
  };
  return replaceResources(estate, [...resources, endpoint]);
}

function remove(estate: Estate, which: (resource: Resource) => boolean): Estate | undefined {
  const resources = estate.inventory.resources.filter((resource) => !which(resource));
  return resources.length === estate.inventory.resources.length ? undefined : replaceResources(estate, resources);
}

/** `undefined` where nothing changed. */
export function edit(estate: Estate, change: (resource: Resource) => Resource): Estate | undefined {
  const resources = estate.inventory.resources.map(change);
  const changed = resources.some((resource, index) => resource !== estate.inventory.resources[index]);
  return changed ? replaceResources(estate, resources) : undefined;
}

function replaceResources(estate: Estate, resources: readonly Resource[]): Estate {
  const inventory: Inventory = { ...estate.inventory, resources };
  return { ...estate, inventory };
}
