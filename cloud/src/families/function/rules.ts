import type { Resource } from '../../inventory.ts';
import { isObject } from '../../json.ts';
import { object, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { exclusive, form, length, needed, notFor, range, unique } from '../contract/rows.ts';
import { isKnown, isStated, type Rule } from '../contract/rule.ts';
import { mappingRules } from './mapping-rules.ts';

const types = ['AWS::Lambda::Function'];
const page = 'lambda/latest/api/API_CreateFunction.html';

/** Environment variables that Lambda sets. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const reserved =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_DEFAULT_REGION|AWS_REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_FUNCTION_(NAME|MEMORY_SIZE|VERSION)|AWS_LAMBDA_INITIALIZATION_TYPE|AWS_LAMBDA_LOG_(GROUP|STREAM)_NAME|AWS_ACCESS_KEY(_ID)?|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_LAMBDA_RUNTIME_API|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/;

const codePage = 'AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html';
const isImage = ({ properties }: Pick<Resource, 'properties'>) => text(properties, 'PackageType') === 'Image';

/** Whose creation has been blocked for years, as of 2026-11. Of those that were retired later the date of the block is not judged here. */
const retired: ReadonlySet<string> = new Set(
  'nodejs nodejs4.3 nodejs4.3-edge nodejs6.10 nodejs8.10 nodejs10.x nodejs12.x python2.7 python3.6 ruby2.5 dotnetcore1.0 dotnetcore2.0 dotnetcore2.1 dotnetcore3.1'.split(
    ' ',
  ),
);

/** What AWS refuses of functions. */
export const rules: readonly Rule[] = [
  length({ types, path: 'FunctionName', most: 140, page }),
  form({
    types,
    path: 'FunctionName',
    pattern: /^(arn:.*|[\w:-]+)$/,
    said: words(
      'a name has letters, digits, hyphens and underscores',
      '이름에는 영문자, 숫자, 하이픈, 밑줄만 쓸 수 있습니다.',
    ),
    page,
  }),
  unique({
    types,
    path: 'FunctionName',
    code: 'NAME_TAKEN',
    said: words(
      'A function’s name is unique in its account and region.',
      '함수의 이름은 계정과 리전 안에서 하나뿐입니다.',
    ),
    key: (resource, value, estate) => `${estate.homeOf(resource)} ${String(value)}`,
    page,
  }),
  notFor({
    types,
    path: 'Code.ZipFile',
    kind: words('a runtime other than Node.js and Python', 'Node.js와 Python이 아닌 런타임'),
    when: ({ properties }) =>
      typeof properties.Runtime === 'string' &&
      isKnown(properties.Runtime) &&
      !/^(nodejs|python)/.test(properties.Runtime),
    page: 'AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html',
    aws: 'ZipFile can only be used when Runtime is set to either of nodejs or python',
  }),
  refused({
    code: 'RUNTIME_RETIRED',
    types,
    page: 'lambda/latest/dg/lambda-runtimes.html',
    what: words(
      'A function is created with a runtime that is not retired.',
      '지원이 끝난 런타임으로는 함수를 만들 수 없습니다.',
    ),
    where: ({ properties: { Runtime } }) => (typeof Runtime === 'string' && retired.has(Runtime) ? ['Runtime'] : []),
    aws: 'The runtime parameter is no longer supported for creating or updating AWS Lambda functions',
  }),
  range({
    types,
    path: 'MemorySize',
    from: 128,
    to: 10_240,
    page,
    aws: (size) =>
      `'MemorySize' value failed to satisfy constraint: Member must have value between 128 and 10240: ${size}`,
  }),
  range({ types, path: 'Timeout', from: 1, to: 900, page }),
  range({ types, path: 'EphemeralStorage.Size', from: 512, to: 10_240, page }),
  ...['Runtime', 'Handler'].map((path) =>
    needed({
      types,
      paths: [path],
      said: words('A function that is not an image', '이미지가 아닌 함수'),
      when: ({ properties }) => text(properties, 'PackageType') !== 'Image' && !isStated(properties, 'Code.ImageUri'),
      page,
      aws: `${path} is mandatory for functions created with deployment packages.`,
    }),
  ),
  {
    code: 'NAME_RESERVED',
    types,
    page: 'lambda/latest/dg/configuration-envvars.html',
    what: words(
      'Environment variables that Lambda sets are not stated; keys begin with a letter.',
      'Lambda가 정하는 환경 변수는 지정할 수 없고 키는 영문자로 시작합니다.',
    ),
    check: ({ properties }) => {
      const variables = isObject(properties.Environment) ? properties.Environment.Variables : undefined;
      return Object.keys(isObject(variables) ? variables : {}).flatMap((key) =>
        reserved.test(key) || !/^[A-Za-z]\w+$/.test(key)
          ? [
              {
                at: ['Environment', 'Variables', key],
                cause: words(
                  `${key} cannot be an environment variable of a function.`,
                  `${key}{은/는} 함수의 환경 변수가 될 수 없습니다.`,
                ),
                next: words('Choose another name.', '다른 이름을 쓰세요.'),
                ...(reserved.test(key)
                  ? {
                      aws: 'Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification.',
                    }
                  : {}),
              },
            ]
          : [],
      );
    },
  },
  ...['Runtime', 'Handler', 'Layers', 'Code.ZipFile', 'Code.S3Bucket'].map((path) =>
    notFor({
      types,
      path,
      kind: words('a function from an image', '컨테이너 이미지로 만드는 함수'),
      when: isImage,
      page: 'lambda/latest/dg/images-create.html',
      aws: `Please don't provide Handler or Runtime or Layer when the intent is to create a function with Package Type as Image`,
    }),
  ),
  needed({
    types,
    paths: ['Code.ImageUri'],
    said: words('A function from an image', '컨테이너 이미지로 만드는 함수'),
    when: (resource) => isImage(resource) && !isStated(resource.properties, 'Code.ZipFile'),
    at: ['Code'],
    page,
  }),
  needed({
    types,
    paths: ['Code.S3Key'],
    said: words('Code from S3', 'S3의 코드'),
    when: ({ properties }) => isStated(properties, 'Code.S3Bucket'),
    at: ['Code'],
    page: codePage,
  }),
  exclusive({ types, paths: ['Code.ZipFile', 'Code.S3Bucket', 'Code.ImageUri'], page: codePage }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page: 'lambda/latest/api/API_VpcConfig.html',
    what: words(
      'VpcConfig has subnets and security groups, or neither.',
      'VpcConfig에는 서브넷과 보안 그룹을 함께 쓰거나 둘 다 쓰지 않습니다.',
    ),
    where: ({ properties }) => {
      const config = object(properties, 'VpcConfig');
      const isEmpty = (name: string) =>
        !isStated(config, name) || (Array.isArray(config[name]) && config[name].length === 0);
      return isEmpty('SubnetIds') !== isEmpty('SecurityGroupIds') ? ['VpcConfig'] : [];
    },
    aws: 'SubnetIds and SecurityIds must coexist or be both empty list.',
  }),
  form({
    types,
    path: 'DeadLetterConfig.TargetArn',
    code: 'WRONG_FORM',
    pattern: /^(arn:.*)?$/,
    said: words('a target is named by its ARN', '대상은 ARN으로 지정합니다.'),
    page: 'lambda/latest/api/API_DeadLetterConfig.html',
  }),
  refused({
    code: 'NOT_FOR_THIS_KIND',
    types,
    page: 'lambda/latest/api/API_LoggingConfig.html',
    what: words('Log levels are for the log format JSON.', '로그 수준은 로그 형식이 JSON일 때만 씁니다.'),
    where: ({ properties }) => {
      const config = object(properties, 'LoggingConfig');
      if (!isKnown(config.LogFormat ?? null) || text(config, 'LogFormat') === 'JSON') return [];
      return ['ApplicationLogLevel', 'SystemLogLevel']
        .filter((each) => isStated(config, each))
        .map((each) => `LoggingConfig.${each}`);
    },
  }),
  refused({
    code: 'TOO_LONG',
    types,
    page: 'lambda/latest/dg/gettingstarted-limits.html',
    what: words('Environment variables have 4 KB in all.', '환경 변수는 모두 합해 4KB까지입니다.'),
    where: ({ properties }) => {
      const variables = object(object(properties, 'Environment'), 'Variables');
      const size = Buffer.byteLength(JSON.stringify(variables));
      return size > 4096 + 8 * Object.keys(variables).length && isKnown(variables) ? ['Environment.Variables'] : [];
    },
    aws: 'Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.',
  }),
  form({
    types: ['AWS::Lambda::Permission'],
    path: 'Principal',
    code: 'WRONG_FORM',
    pattern: /^(\*|\d{12}|arn:.*|[a-z0-9-]+(\.[a-z0-9-]+)+)$/,
    said: words(
      'a principal is a service such as s3.amazonaws.com, an account or an ARN',
      '보안 주체는 s3.amazonaws.com 같은 서비스, 계정, ARN입니다.',
    ),
    page: 'lambda/latest/api/API_AddPermission.html',
    aws: () => 'The provided principal was invalid.',
  }),
  ...mappingRules,
];
