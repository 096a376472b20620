import {
  byAccessLens,
  freeOnAws,
  ignored,
  modelled,
  pricedOnly,
  readOnly,
  real,
  type TypeFidelity,
} from '../families/contract/fidelity.ts';
import { scheduledDatabase } from '../views/schedules.ts';
import { words } from '../words.ts';

const otherSchedule = {
  fidelity: 'modelled' as const,
  how: words(
    'Read only: what it calls, or its times, are not carried out here.',
    '읽기만 합니다. 호출하는 대상이나 시각을 여기서는 다루지 않습니다.',
  ),
};

export const fidelityOfOperations: Readonly<Record<string, TypeFidelity>> = {
  'AWS::Route53::HostedZone': real(
    words(
      'Answered by the region’s resolver; private zones in their VPCs only.',
      '리전의 리졸버가 답하며 프라이빗 영역은 해당 VPC에서만 보입니다.',
    ),
    {
      acts: 'Name VPCs HostedZoneConfig',
      modelled: 'HostedZoneTags QueryLoggingConfig',
    },
  ),
  'AWS::Route53::RecordSet': real(words('Answered by the region’s resolver.', '리전의 리졸버가 답합니다.'), {
    acts: 'Name Type TTL ResourceRecords AliasTarget HostedZoneId HostedZoneName',
    modelled: 'SetIdentifier Weight Failover Region GeoLocation MultiValueAnswer HealthCheckId',
  }),
  'AWS::Route53::RecordSetGroup': real(words('Answered by the region’s resolver.', '리전의 리졸버가 답합니다.'), {
    acts: 'RecordSets HostedZoneId HostedZoneName',
  }),
  'AWS::Route53::HealthCheck': modelled(pricedOnly),
  'AWS::S3::Bucket': real(
    words(
      'Takes and gives objects over HTTPS by the roles’ policies, assets of the template and access logs of load balancers among them.',
      '역할의 정책에 따라 HTTPS로 객체를 받고 내줍니다. 템플릿의 에셋과 로드 밸런서의 액세스 로그도 여기에 있습니다.',
    ),
    {
      acts: 'BucketName',
      modelled:
        'BucketEncryption PublicAccessBlockConfiguration OwnershipControls LifecycleConfiguration VersioningConfiguration AccessControl LoggingConfiguration IntelligentTieringConfigurations NotificationConfiguration',
    },
  ),
  'AWS::S3::BucketPolicy': modelled(byAccessLens),
  'AWS::CloudWatch::Dashboard': modelled(pricedOnly),
  'AWS::SNS::Topic': modelled(
    words('Priced and shown; it does not act yet.', '요금을 계산하고 보여 주지만 아직 동작하지 않습니다.'),
  ),
  'AWS::SNS::Subscription': modelled(freeOnAws),
  'AWS::SNS::TopicPolicy': modelled(byAccessLens),
  'AWS::Logs::LogGroup': modelled(pricedOnly),
  'AWS::Logs::LogStream': modelled(freeOnAws),
  'AWS::Logs::MetricFilter': modelled(freeOnAws),
  'AWS::Budgets::Budget': modelled(
    words('Compared with the price by terrace budget.', 'terrace budget이 요금과 비교합니다.'),
  ),
  'AWS::Budgets::BudgetsAction': modelled(words('Explained by terrace budget.', 'terrace budget이 설명합니다.')),
  'AWS::CloudFront::Distribution': modelled(pricedOnly),
  'AWS::CloudFront::VpcOrigin': modelled(freeOnAws),
  'AWS::GlobalAccelerator::Accelerator': modelled(pricedOnly),
  'AWS::GlobalAccelerator::Listener': modelled(freeOnAws),
  'AWS::GlobalAccelerator::EndpointGroup': modelled(freeOnAws),
  'AWS::CertificateManager::Certificate': modelled(readOnly),
  'AWS::Lambda::Function': modelled(
    words(
      'Priced and evaluated by the access lens; it does not run.',
      '요금과 접근 권한을 답하지만 실행되지 않습니다.',
    ),
  ),
  'AWS::Lambda::Permission': modelled(byAccessLens),
  'AWS::Events::Rule': modelled(
    words('Read and shown; it does not act yet.', '읽고 보여 주지만 아직 동작하지 않습니다.'),
  ),
  'AWS::Scheduler::Schedule': real(
    words('Starts and stops databases at its times.', '정한 시각에 데이터베이스를 시작하고 멈춥니다.'),
    {
      acts: 'ScheduleExpression ScheduleExpressionTimezone StartDate EndDate Target State',
      modelled: 'Name GroupName FlexibleTimeWindow KmsKeyArn',
    },
    (properties) => (scheduledDatabase(properties) === null ? otherSchedule : undefined),
  ),
  'AWS::DynamoDB::Table': modelled(pricedOnly),
  'AWS::ApiGateway::RestApi': modelled(pricedOnly),
  'AWS::ApiGatewayV2::Api': modelled(pricedOnly),
  'AWS::ECS::Service': modelled(pricedOnly),
  'AWS::Route53Resolver::ResolverEndpoint': modelled(pricedOnly),
  'AWS::CloudFormation::Stack': real(
    words(
      'A nested stack: its resources are loaded as the others are.',
      '중첩 스택이며 그 리소스도 똑같이 불러옵니다.',
    ),
    {
      acts: 'TemplateURL Parameters',
      modelled: 'NotificationARNs TimeoutInMinutes',
    },
  ),
  'AWS::CloudFormation::WaitConditionHandle': modelled(
    words('Never waits: signals are taken at once.', '기다리지 않고 신호를 바로 받습니다.'),
  ),
  'AWS::CloudFormation::WaitCondition': modelled(
    words('Never waits: signals are taken at once.', '기다리지 않고 신호를 바로 받습니다.'),
  ),
  'AWS::CDK::Metadata': ignored(words('CDK’s note about the constructs in use.', 'CDK가 남기는 구성 요소 정보입니다.')),
};
