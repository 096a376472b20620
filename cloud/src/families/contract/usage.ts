import { type Words, words } from '../../words.ts';

/** What is left of an architecture in the hours it is not in use. */
export type Rest =
  /** Instances at zero and databases stopped: load balancers, NAT gateways and addresses stay and are paid for. */
  | 'stopped'
  /** Load balancers, NAT gateways, endpoints and addresses gone as well; storage, keys and zones stay. */
  | 'dismantled'
  /** The stacks are deleted. */
  | 'deleted';

/** What a bill depends on besides the template: a month of work. Every figure can be changed. */
export type Usage = Readonly<Record<UsageName, number>> & {
  readonly rest: Rest;
  /** Whether the always-free allowances of the account are deducted: they are shared by everything in it. */
  readonly allowances: boolean;
};

export type UsageName = keyof typeof assumptions;

export interface Assumption {
  readonly value: number;
  readonly unit: string;
  readonly meaning: Words;
  /** The largest value that means anything, where there is one. */
  readonly most?: number;
}

/** Every assumption with its value where the user says nothing. */
export const assumptions = {
  hoursInMonth: a(
    730,
    'h',
    words('hours of a month, as AWS’s own calculator counts', '한 달의 시간 (AWS 계산기와 같은 기준)'),
  ),
  hoursOn: a(730, 'h', words('hours a month that it is in use', '한 달에 켜 두는 시간')),
  hoursExisting: a(
    730,
    'h',
    words('hours a month between deployment and deletion', '배포에서 삭제까지, 한 달에 존재하는 시간'),
  ),
  requests: a(1_000_000, '/month', words('requests from the internet', '인터넷에서 들어오는 요청 수')),
  responseKilobytes: a(20, 'kB', words('answer to a request', '요청 하나의 응답 크기')),
  requestKilobytes: a(1, 'kB', words('request itself', '요청 하나의 크기')),
  applicationShare: a(
    0.3,
    'of requests',
    words('that the web tier hands on to the application tier', '웹 계층이 애플리케이션 계층으로 넘기는 비율'),
    1,
  ),
  databaseKilobytes: a(
    4,
    'kB',
    words('between application and database for a request', '요청 하나에 애플리케이션과 데이터베이스가 주고받는 양'),
  ),
  requestsPerConnection: a(
    10,
    'requests',
    words('on one connection of a browser', '브라우저 연결 하나에 실리는 요청 수'),
  ),
  connectionSeconds: a(60, 's', words('that a browser keeps a connection', '브라우저가 연결을 유지하는 시간')),
  ruleEvaluations: a(
    1,
    'rules',
    words('a load balancer evaluates for a request', '요청 하나에 로드 밸런서가 평가하는 규칙 수'),
  ),
  zoneCrossingShare: a(
    0.5,
    'of bytes',
    words(
      'between tiers that cross a zone, with two zones',
      '계층 사이 트래픽 가운데 가용 영역을 넘는 비율 (두 영역 기준)',
    ),
    1,
  ),
  natInGigabytes: a(
    4,
    'GB',
    words(
      'fetched through NAT gateways: packages, updates, AWS’s APIs',
      'NAT 게이트웨이로 받아 오는 양: 패키지, 업데이트, AWS API',
    ),
  ),
  natOutGigabytes: a(1, 'GB', words('sent out through NAT gateways', 'NAT 게이트웨이로 내보내는 양')),
  endpointGigabytes: a(1, 'GB', words('through interface endpoints', '인터페이스 엔드포인트를 지나는 양')),
  transitGigabytes: a(1, 'GB', words('sent through transit gateways', '트랜짓 게이트웨이로 보내는 양')),
  queueRequests: a(10_000, '/month', words('to SQS', 'SQS 요청')),
  fileGigabytes: a(1, 'GB', words('in EFS', 'EFS에 저장하는 양')),
  peeringGigabytes: a(0, 'GB', words('over peerings besides the database’s', '데이터베이스 말고 피어링을 지나는 양')),
  logGigabytes: a(1, 'GB', words('of logs taken in', '수집하는 로그')),
  logStoredGigabytes: a(1, 'GB', words('of logs kept', '보관하는 로그')),
  objectGigabytes: a(1, 'GB', words('in buckets', '버킷에 저장하는 양')),
  objectReads: a(10_000, '/month', words('reads from buckets', '버킷 읽기 요청')),
  objectWrites: a(1_000, '/month', words('writes to buckets', '버킷 쓰기 요청')),
  imageGigabytes: a(0, 'GB', words('of machine images and snapshots kept', '보관하는 머신 이미지와 스냅샷')),
  backupGigabytesOverFree: a(
    0,
    'GB',
    words(
      'of database backups beyond the size of the databases, which is free',
      '무료인 데이터베이스 크기를 넘는 백업',
    ),
  ),
  databaseIoRequests: a(0, '/month', words('of storage I/O (Aurora only)', '스토리지 I/O 요청 (Aurora만)')),
  auroraGigabytes: a(10, 'GB', words('in Aurora', 'Aurora에 저장하는 양')),
  auroraUnits: a(0.5, 'ACU', words('that Aurora Serverless runs on average', 'Aurora Serverless의 평균 ACU')),
  secretCalls: a(10_000, '/month', words('of Secrets Manager', 'Secrets Manager 호출')),
  keyRequests: a(10_000, '/month', words('to KMS', 'KMS 요청')),
  dnsQueries: a(100_000, '/month', words('of names that are not aliases', '별칭이 아닌 이름의 DNS 질의')),
  emails: a(50, '/month', words('of alarms and budgets', '경보와 예산 알림 메일')),
  functionRuns: a(10_000, '/month', words('of the template’s Lambda functions', '템플릿의 Lambda 함수 실행 수')),
  functionMilliseconds: a(100, 'ms', words('that a run takes', '실행 하나에 걸리는 시간')),
  tableReads: a(1_000_000, '/month', words('read units of DynamoDB', 'DynamoDB 읽기 단위')),
  tableWrites: a(300_000, '/month', words('write units of DynamoDB', 'DynamoDB 쓰기 단위')),
  tableGigabytes: a(1, 'GB', words('in DynamoDB', 'DynamoDB에 저장하는 양')),
  peakFactor: a(
    5,
    'times',
    words('the busiest second is as busy as the average one', '평균 대비 가장 바쁜 순간의 배율'),
  ),
  serverRequestsPerSecond: a(
    200,
    '/s',
    words('that one server (or Fargate task) holds', '서버(또는 Fargate 태스크) 한 대가 처리하는 요청'),
  ),
  lambdaMilliseconds: a(
    50,
    'ms',
    words('of a Lambda function for a request, were it serverless', '서버리스라면 요청 하나에 Lambda가 도는 시간'),
  ),
  lambdaMegabytes: a(512, 'MB', words('of memory of such a function', '그 함수의 메모리')),
  readsPerRequest: a(
    4,
    'units',
    words('of DynamoDB for a request, were it serverless', '서버리스라면 요청 하나의 DynamoDB 읽기 단위'),
  ),
  writesPerRequest: a(
    1,
    'units',
    words('of DynamoDB for a request, were it serverless', '서버리스라면 요청 하나의 DynamoDB 쓰기 단위'),
  ),
  auroraRequestsPerUnit: a(
    100,
    '/s',
    words('that one Aurora unit (ACU) holds', 'Aurora 단위(ACU) 하나가 처리하는 요청'),
  ),
  edgeShare: a(
    0.9,
    'of bytes',
    words('that CloudFront answers from its own copy', 'CloudFront가 캐시에서 응답하는 비율'),
    1,
  ),
} as const satisfies Readonly<Record<string, Assumption>>;

function a(value: number, unit: string, meaning: Words, most?: number): Assumption {
  return most === undefined ? { value, unit, meaning } : { value, unit, meaning, most };
}
