import { httpApiCharge } from '@terrace/cloud/families/api/charges';
import { fargateCharges } from '@terrace/cloud/families/container-service/charges';
import { type Charge, tariff } from '@terrace/cloud/families/contract/charge';
import type { Heading } from '@terrace/cloud/families/contract/headings';
import type { Usage } from '@terrace/cloud/families/contract/usage';
import { cloudFrontCharges, priceGroupOf } from '@terrace/cloud/families/distribution/charges';
import { lambdaCharges } from '@terrace/cloud/families/function/charges';
import { applicationUnit, capacityUnits } from '@terrace/cloud/families/load-balancer/charges';
import { isFront } from '@terrace/cloud/families/load-balancer/traffic';
import { tableStorage } from '@terrace/cloud/families/table/charges';
import { type Words, words } from '@terrace/cloud/words';
import { type Use, useOf } from '../bill/bill.ts';
import { type Estate, openReading } from '../bill/estate.ts';
import { internetOut } from '../bill/traffic.ts';

/** A way to run the same workload. */
export interface Way {
  readonly id: 'template' | 'lambda-dynamodb' | 'lambda-aurora' | 'fargate';
  readonly title: Words;
  /** What changes in limits, cold starts and work. */
  readonly changes: readonly Words[];
  /** What is used at this many requests a month. */
  use(requests: number): Use;
}

/** What any way needs as much as the template does. */
const shared: readonly Heading[] = ['keys', 'secrets', 'names', 'monitoring', 'notifications', 'budgets'];

export function waysOf(estate: Estate, usage: Usage, month: string, region: string): readonly Way[] {
  const own = useOf(estate, usage, month);
  const upkeep = own.charges.filter((charge) => shared.includes(charge.heading) && charge.ends !== 'stopped');
  const database = own.charges.filter((charge) => charge.heading === 'database');
  const withCharges = (charges: readonly Charge[], sized: Usage): Use => ({
    charges: [...upkeep, ...charges],
    tiers: new Map(),
    unread: [],
    idle: [],
    usage: sized,
  });
  const frontend = (requests: number) => {
    const gigabytes = (requests * usage.responseKilobytes) / 1024 ** 2;
    return cloudFrontCharges(null, priceGroupOf(region), { requests, gigabytes, toOriginGigabytes: 0 });
  };
  const functions = (requests: number): Charge[] => {
    const runs = requests * usage.applicationShare;
    const { lambdaMilliseconds, lambdaMegabytes } = usage;
    return [
      httpApiCharge(runs),
      ...lambdaCharges(null, {
        runs,
        seconds: (runs * lambdaMilliseconds) / 1000,
        megabytes: lambdaMegabytes,
        temporary: 512,
        architecture: 'arm64',
      }),
      ...answers(runs, usage),
      ...frontend(requests - runs),
    ];
  };
  return [
    {
      id: 'template',
      title: words('this template, with as many servers as it needs', '이 템플릿 (필요한 만큼 서버를 늘림)'),
      changes: [],
      use: (requests) => {
        const sized = { ...usage, requests };
        return useOf(grown(estate, sized), sized, month);
      },
    },
    {
      id: 'lambda-dynamodb',
      title: words('Lambda, HTTP API, DynamoDB, CloudFront', 'Lambda, HTTP API, DynamoDB, CloudFront'),
      changes: [
        ...lambdaLimits,
        words(
          'No joins and no SQL: the leaderboard needs an index of its own; a transaction holds 100 items.',
          '조인과 SQL이 없습니다. 순위표에는 전용 인덱스가 필요하고, 트랜잭션은 항목 100개까지입니다.',
        ),
      ],
      use: (requests) =>
        withCharges([...functions(requests), ...dynamo(requests * usage.applicationShare, usage)], {
          ...usage,
          requests,
        }),
    },
    {
      id: 'lambda-aurora',
      title: words(
        'Lambda, HTTP API, Aurora Serverless v2, CloudFront',
        'Lambda, HTTP API, Aurora Serverless v2, CloudFront',
      ),
      changes: [
        ...lambdaLimits,
        words(
          'The same SQL. At a minimum of 0 ACU the database pauses when idle and the first request after that waits about 15 seconds; here it never pauses.',
          'SQL은 그대로입니다. 최소 0ACU로 두면 쉴 때 멈추고, 그 뒤 첫 요청은 15초쯤 기다립니다. 여기서는 멈추지 않는 것으로 계산합니다.',
        ),
        words(
          'Many Lambda functions at once exhaust database connections: RDS Proxy or the Data API is needed, and is not in this figure.',
          'Lambda가 한꺼번에 많이 뜨면 데이터베이스 연결이 모자랍니다. RDS Proxy나 Data API가 필요하며 이 금액에는 들어 있지 않습니다.',
        ),
      ],
      use: (requests) =>
        withCharges([...functions(requests), ...aurora(requests * usage.applicationShare, usage)], {
          ...usage,
          requests,
        }),
    },
    {
      id: 'fargate',
      title: words(
        'Fargate behind one load balancer, the same database',
        '로드 밸런서 하나 뒤의 Fargate, 같은 데이터베이스',
      ),
      changes: [
        words(
          'A task starts in half a minute to a minute, as an instance does in two or three.',
          '태스크는 30초–1분이면 뜹니다. 인스턴스는 2–3분 걸립니다.',
        ),
        words(
          'No access to a host; a task has 16 vCPU and 120 GB at most.',
          '호스트에 접근할 수 없고, 태스크 하나는 최대 16 vCPU, 120GB입니다.',
        ),
        words(
          'Each task has a public address instead of a NAT gateway; its security group admits only the load balancer.',
          '태스크마다 NAT 게이트웨이 대신 퍼블릭 주소를 쓰고, 보안 그룹은 로드 밸런서만 허용합니다.',
        ),
      ],
      use: (requests) =>
        withCharges([...fargate(requests, usage), ...answers(requests, usage), ...database], { ...usage, requests }),
    },
  ];
}

const lambdaLimits: readonly Words[] = [
  words(
    'A first call of each new execution environment waits for it to start: some 0.2 to 1 second with Node.js.',
    '실행 환경이 새로 뜰 때 첫 호출은 기다립니다. Node.js라면 0.2–1초쯤입니다.',
  ),
  words(
    'HTTP API answers within 30 seconds, Lambda runs for 15 minutes at most, an answer has 6 MB at most, and 1,000 run at once unless AWS raises it.',
    'HTTP API 응답은 30초, Lambda 실행은 최대 15분, 응답은 최대 6MB이고, AWS가 올려 주지 않으면 동시에 1,000개까지 실행됩니다.',
  ),
];

/** How many functions run at once in the busiest second: the default quota is 1,000 (https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html). */
export function concurrency(requests: number, usage: Usage): number {
  return (busiest(requests * usage.applicationShare, usage) * usage.lambdaMilliseconds) / 1000;
}

/** Requests in the busiest second of a month with so many. */
export function busiest(requests: number, usage: Usage): number {
  return usage.hoursOn === 0 ? 0 : (requests / (usage.hoursOn * 3600)) * usage.peakFactor;
}

/** Groups with as many instances as the busiest second needs, and never fewer than they have. */
export function grown(estate: Estate, usage: Usage): Estate {
  const reading = openReading(estate, usage, '');
  const extra = reading.ofType('AWS::AutoScaling::AutoScalingGroup').flatMap((group) => {
    const has = reading.running(group.key);
    const share = facesInternet(group.properties.TargetGroupARNs, reading) ? 1 : usage.applicationShare;
    const needs = Math.ceil(busiest(usage.requests * share, usage) / usage.serverRequestsPerSecond);
    const member = estate.fleet.instances.find((each) => each.statedBy === group.key);
    if (!member || needs <= has) return [];
    return Array.from({ length: needs - has }, (_, index) => ({ ...member, ordinal: has + index }));
  });
  return extra.length === 0 ? estate : { ...estate, fleet: { instances: [...estate.fleet.instances, ...extra] } };
}

/** Whether one of a group's target groups is behind an internet-facing load balancer; a group without any may take it all. */
function facesInternet(targets: unknown, reading: ReturnType<typeof openReading>): boolean {
  if (!Array.isArray(targets) || targets.length === 0) return true;
  return reading.ofType('AWS::ElasticLoadBalancingV2::Listener').some((listener) => {
    const balancer = reading.find(listener.properties.LoadBalancerArn);
    const sends = JSON.stringify(listener.properties.DefaultActions ?? []);
    return (
      balancer !== undefined && isFront(balancer) && targets.some((target) => sends.includes(JSON.stringify(target)))
    );
  });
}

const used = { resource: null, basis: 'used', ends: 'stopped' } as const;

/** Answers of API Gateway, Lambda and Fargate go out at the price of transfer. */
function answers(requests: number, usage: Usage): Charge[] {
  const what = words('answers to the internet', '인터넷으로 나가는 응답');
  return [
    {
      ...used,
      heading: 'transfer',
      what,
      tariff: internetOut,
      quantity: (requests * usage.responseKilobytes) / 1024 ** 2,
    },
  ];
}

function dynamo(requests: number, usage: Usage): Charge[] {
  const charge = (item: string, quantity: number, basis: Charge['basis'] = 'used'): Charge => ({
    ...used,
    basis,
    heading: 'tables',
    what: words(item, item),
    tariff: item.startsWith('storage') ? tableStorage : tariff('DynamoDB', item),
    quantity,
    ends: basis === 'used' ? 'stopped' : 'deleted',
  });
  return [
    charge('on-demand read request units', requests * usage.readsPerRequest),
    charge('on-demand write request units', requests * usage.writesPerRequest),
    charge('storage (Standard class)', usage.tableGigabytes, 'monthly'),
    charge('point-in-time recovery storage', usage.tableGigabytes, 'monthly'),
  ];
}

function aurora(requests: number, usage: Usage): Charge[] {
  const average = usage.hoursOn === 0 ? 0 : requests / (usage.hoursOn * 3600);
  const units = Math.max(usage.auroraUnits, average / usage.auroraRequestsPerUnit);
  const charge = { resource: null, heading: 'database' } as const;
  return [
    {
      ...charge,
      what: words(`${Number(units.toPrecision(3))} ACU on average`, `평균 ${Number(units.toPrecision(3))}ACU`),
      tariff: tariff('Aurora PostgreSQL', 'Serverless v2 ACU (Standard)'),
      quantity: units,
      basis: 'hourly',
      ends: 'stopped',
    },
    {
      ...charge,
      what: words('storage', '스토리지'),
      tariff: tariff('Aurora PostgreSQL', 'storage (Standard)'),
      quantity: usage.auroraGigabytes,
      basis: 'monthly',
      ends: 'deleted',
    },
    {
      ...charge,
      what: words('I/O requests, one for each request', 'I/O 요청 (요청마다 하나)'),
      tariff: tariff('Aurora PostgreSQL', 'I/O requests (Standard)'),
      quantity: requests,
      basis: 'used',
      ends: 'stopped',
    },
  ];
}

/** Two tasks at least, one in each zone. */
function fargate(requests: number, usage: Usage): Charge[] {
  const tasks = Math.max(2, Math.ceil(busiest(requests, usage) / usage.serverRequestsPerSecond));
  const perSecond = usage.hoursOn === 0 ? 0 : requests / (usage.hoursOn * 3600);
  const connections = perSecond / Math.max(1, usage.requestsPerConnection);
  const kilobytes = usage.requestKilobytes + usage.responseKilobytes;
  const units = capacityUnits(applicationUnit, {
    newConnections: connections,
    activeConnections: connections * usage.connectionSeconds,
    gigabytes: (perSecond * 3600 * kilobytes) / 1_000_000,
    evaluations: perSecond * Math.max(0, usage.ruleEvaluations - 10),
  });
  const charge = { resource: null, basis: 'hourly', ends: 'dismantled' } as const;
  return [
    ...fargateCharges(null, { tasks, processors: 0.25, gigabytes: 0.5, temporary: 20, architecture: 'arm64' }),
    { ...charge, heading: 'balancers', what: words('ALB', 'ALB'), tariff: tariff('ELB', 'ALB'), quantity: 1 },
    {
      ...charge,
      heading: 'balancers',
      what: words('capacity units', '용량 단위(LCU)'),
      tariff: tariff('ELB', 'ALB LCU'),
      quantity: units,
    },
    {
      ...charge,
      heading: 'addresses',
      what: words(`${tasks} tasks and two of the load balancer`, `태스크 ${tasks}개와 로드 밸런서 2개`),
      tariff: tariff('VPC', 'public IPv4 address, in use'),
      quantity: tasks + 2,
    },
  ];
}
