import { instanceSize } from '../../instance-size.ts';
import type { Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { object, text } from '../../property.ts';
import { words } from '../../words.ts';
import { type Charge, type Reading, tariff } from '../contract/charge.ts';
import { operatingSystem } from './operating-system.ts';

/** The hours of instances: by type, operating system, tenancy and whether they are bought on the Spot market. */
export function instanceHours(resource: Resource, data: JsonObject, count: number, reading: Reading): Charge[] {
  const type = text(data, 'InstanceType') ?? 'm1.small';
  const image = text(data, 'ImageId') ?? '';
  const system = operatingSystem(data, reading.inventory.imageNames?.[image] ?? []);
  const spot = isSpot(resource, data);
  const tenancy = text(object(data, 'Placement'), 'Tenancy') ?? text(data, 'PlacementTenancy') ?? text(data, 'Tenancy');
  const dedicated = tenancy === 'dedicated' || tenancy === 'host';
  const market = spot ? 'Spot' : 'on demand';
  const marketKorean = spot ? '스팟' : '온디맨드';
  const where = dedicated ? `, tenancy ${tenancy}` : '';
  const charge = { resource: resource.key, heading: 'instances', basis: 'hourly', ends: 'stopped' } as const;
  const own = system.ownLicense ? 'Linux' : system.name;
  const license = !spot && !dedicated && own === 'Windows' ? licensed(type) : null;
  const billed = license === null ? own : 'Linux';
  const item = `${type} ${billed} ${spot ? 'Spot' : 'on-demand'}${dedicated ? `, tenancy ${tenancy}` : ''}`;
  const bring = system.ownLicense ? words(' (own license)', ' (보유 라이선스)') : words('', '');
  const hours: Charge = {
    ...charge,
    what: words(
      `${count} × ${type}, ${system.name}${bring.en}, ${market}${where}`,
      `${type} ${count}대, ${system.name}${bring.ko}, ${marketKorean}${where}`,
    ),
    tariff: tariff('EC2', item),
    quantity: count,
    ...(system.known
      ? {}
      : {
          assumes: words(
            `${resource.key} runs Linux: its image ${image || '(none stated)'} does not say what it runs`,
            `${resource.key}의 운영 체제는 Linux: 이미지 ${image || '(없음)'}만으로는 알 수 없음`,
          ),
        }),
  };
  if (license === null) return [hours];
  return [
    hours,
    {
      ...charge,
      what: words(`Windows license of ${license * count} vCPUs`, `vCPU ${license * count}개의 Windows 라이선스`),
      tariff: tariff('EC2', 'Windows license'),
      quantity: license * count,
    },
  ];
}

/**
 * The vCPUs that a Windows license is billed for; `null` where the price of Windows is not the machine's with so much for each vCPU: of
 * burstable types it is lower, of others it is not known here.
 */
function licensed(type: string): number | null {
  if (!/^[cmr][5-7]i?\./.test(type)) return null;
  return instanceSize(type)?.vcpus ?? null;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-requests.html, https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups.html */
function isSpot(resource: Resource, data: JsonObject): boolean {
  if (object(data, 'InstanceMarketOptions').MarketType === 'spot' || text(data, 'SpotPrice') !== undefined) return true;
  const { OnDemandPercentageAboveBaseCapacity: share, OnDemandBaseCapacity: base } = object(
    object(resource.properties, 'MixedInstancesPolicy'),
    'InstancesDistribution',
  );
  // Of a mixture the part that is on demand has a price; that of the part on the Spot market is not known, so neither is the sum.
  return Number(share ?? 100) < 100 && (base === undefined || Number(base) < mostOf(resource));
}

function mostOf({ properties }: Resource): number {
  return Number(properties.DesiredCapacity ?? properties.MinSize ?? 1);
}
