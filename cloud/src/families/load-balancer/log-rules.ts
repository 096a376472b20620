import type { Resource } from '../../inventory.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { object, objects, text } from '../../property.ts';
import { words } from '../../words.ts';
import { type Estate, type Fault, isKnown, type Rule } from '../contract/rule.ts';
import { attributeOf } from './attribute-rules.ts';
import { kindOf } from './kind.ts';

const page = 'elasticloadbalancing/latest/application/enable-access-logging.html';

/** Who delivers the logs of load balancers in regions that were there before August 2022. */
const deliverers: Readonly<Record<string, string>> = {
  'us-east-1': '127311923021',
  'us-east-2': '033677994240',
  'us-west-1': '027434742980',
  'us-west-2': '797873946194',
  'af-south-1': '098369216593',
  'ap-east-1': '754344448648',
  'ap-southeast-3': '589379963580',
  'ap-south-1': '718504428378',
  'ap-northeast-3': '383597477331',
  'ap-northeast-2': '600734575887',
  'ap-southeast-1': '114774131450',
  'ap-southeast-2': '783225319266',
  'ap-northeast-1': '582318560864',
  'ca-central-1': '985666609251',
  'eu-central-1': '054676820928',
  'eu-west-1': '156460612806',
  'eu-west-2': '652711504416',
  'eu-south-1': '635631232127',
  'eu-west-3': '009996457667',
  'eu-north-1': '897822967062',
  'me-south-1': '076674570225',
  'sa-east-1': '507241528517',
};

const services = ['logdelivery.elasticloadbalancing.amazonaws.com', 'delivery.logs.amazonaws.com'];

/** The load balancer tries its bucket when it is created. Only a bucket that is loaded is looked at. */
export const logRules: readonly Rule[] = [
  {
    code: 'LOGS_NOT_DELIVERABLE',
    types: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
    page,
    what: words(
      'The bucket of a load balancer’s logs lets the service deliver them.',
      '로드 밸런서 로그의 버킷은 서비스가 로그를 넣을 수 있게 허용해야 합니다.',
    ),
    check: (resource, estate) => {
      const { properties } = resource;
      return ['access_logs', 'connection_logs'].flatMap((log): Fault[] => {
        const enabled = attributeOf(properties, 'LoadBalancerAttributes', `${log}.s3.enabled`)?.[1];
        const [at, name] = attributeOf(properties, 'LoadBalancerAttributes', `${log}.s3.bucket`) ?? [];
        const bucket = estate.find(name);
        if (enabled !== 'true' || !at || bucket?.type !== 'AWS::S3::Bucket') return [];
        const prefix = attributeOf(properties, 'LoadBalancerAttributes', `${log}.s3.prefix`)?.[1];
        const reason = refusal(resource, bucket, prefix, estate);
        if (!reason) return [];
        return [
          {
            at,
            ...reason,
            aws: `Access Denied for bucket: ${name}. Please check S3bucket permission`,
          },
        ];
      });
    },
  },
];

function refusal(
  balancer: Resource,
  bucket: Resource,
  prefix: string | undefined,
  estate: Estate,
): Pick<Fault, 'cause' | 'next'> | undefined {
  if (kindOf(balancer) === 'application' && isEncryptedByKey(bucket))
    return {
      cause: words(
        `${bucket.logicalId} encrypts by a KMS key; logs of an Application Load Balancer go to buckets with SSE-S3 only.`,
        `${bucket.logicalId}{이/가} KMS 키로 암호화합니다. Application Load Balancer의 로그는 SSE-S3 버킷에만 넣을 수 있습니다.`,
      ),
      next: words('Write SSEAlgorithm: AES256.', 'SSEAlgorithm을 AES256으로 쓰세요.'),
    };
  const policies = estate
    .ofType('AWS::S3::BucketPolicy')
    .filter(({ properties }) => properties.Bucket === bucket.physicalId)
    .map(({ properties }) => properties.PolicyDocument);
  if (!policies.every(isKnown)) return undefined;
  const [account = '', region = ''] = estate.homeOf(balancer).split(' ');
  const target = ['arn:aws:s3:::', bucket.physicalId, prefix ? `/${prefix}` : '', `/AWSLogs/${account}/test`].join('');
  const statements = policies.flatMap((each) => statementsOf(each));
  if (statements.some((each) => delivers(each, target, region))) return undefined;
  return {
    cause: words(
      `No statement of ${bucket.logicalId}’s policy lets the load balancer’s log delivery put ${target}.`,
      `${bucket.logicalId}의 정책에 로드 밸런서의 로그 전송이 ${target}{을/를} 넣게 허용하는 문이 없습니다.`,
    ),
    next: words(
      `Allow s3:PutObject on ${target.replace(/test$/, '*')} to the service logdelivery.elasticloadbalancing.amazonaws.com by an AWS::S3::BucketPolicy.`,
      `AWS::S3::BucketPolicy로 서비스 logdelivery.elasticloadbalancing.amazonaws.com에 ${target.replace(/test$/, '*')}에 대한 s3:PutObject를 허용하세요.`,
    ),
  };
}

function isEncryptedByKey({ properties }: Resource): boolean {
  return objects(object(properties, 'BucketEncryption'), 'ServerSideEncryptionConfiguration').some((each) =>
    (text(object(each, 'ServerSideEncryptionByDefault'), 'SSEAlgorithm') ?? '').startsWith('aws:kms'),
  );
}

function statementsOf(document: Json | undefined): JsonObject[] {
  const statement = isObject(document) ? document.Statement : undefined;
  return (Array.isArray(statement) ? statement : [statement]).filter(isObject);
}

/** Whether a statement may let the logs in; conditions and negations are taken as if they did. */
function delivers(statement: JsonObject, target: string, region: string): boolean {
  if (statement.Effect !== 'Allow') return false;
  const actions = list(statement.Action);
  if (actions.length > 0 && !actions.some((each) => matches(each.toLowerCase(), 's3:putobject'))) return false;
  const resources = list(statement.Resource);
  const arn = target.replace(/^arn:aws/, 'arn:*');
  if (resources.length > 0 && !resources.some((each) => matches(each.replace(/^arn:[\w-]+:/, 'arn:*:'), arn)))
    return false;
  return isDeliverer(statement.Principal, region);
}

function isDeliverer(principal: Json | undefined, region: string): boolean {
  if (!isObject(principal)) return principal === undefined || principal === '*';
  if (list(principal.Service).some((each) => services.includes(each))) return true;
  const known = deliverers[region];
  return list(principal.AWS).some(
    (each) => each === '*' || (known === undefined ? /\d{12}/.test(each) : each.includes(known)),
  );
}

function list(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
}

function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's').test(text);
}
