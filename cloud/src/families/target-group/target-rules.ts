import { holdsAddress, parseAddress, parsePrefix } from '../../address.ts';
import { number, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { range } from '../contract/rows.ts';
import { type Fault, isKnown, itemsAt, type Rule, valuesAt } from '../contract/rule.ts';

const types = ['AWS::ElasticLoadBalancingV2::TargetGroup'];
const page = 'elasticloadbalancing/latest/APIReference/API_RegisterTargets.html';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-type */
const privateRanges = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'].flatMap(
  (each) => parsePrefix(each) ?? [],
);

/** What AWS refuses of the targets that a group names. */
export const targetRules: readonly Rule[] = [
  range({ types, path: 'Targets.*.Port', from: 1, to: 65_535, page }),
  {
    code: 'WRONG_TARGET',
    types,
    page,
    what: words(
      'Targets are of the group’s type: instances, addresses, a function or a load balancer; of the last two there is one.',
      '대상은 그룹의 대상 유형과 같아야 합니다(인스턴스, 주소, 함수, 로드 밸런서). 함수와 로드 밸런서는 하나만 씁니다.',
    ),
    check: ({ properties }, estate) => {
      const type = text(properties, 'TargetType') ?? 'instance';
      return itemsAt(properties, 'Targets').flatMap(([at, target], index): Fault[] => {
        const id = target.Id;
        if (typeof id !== 'string' || !isKnown(id)) return [];
        const found = estate.find(id);
        if (index > 0 && ['lambda', 'alb'].includes(type))
          return [wrong(at, words('A group of this type has one target.', '이 유형의 그룹에는 대상이 하나입니다.'))];
        const fits = {
          instance: id.startsWith('i-') || (found === undefined && parseAddress(id) === undefined),
          ip: !/^i-|^arn:/.test(id),
          lambda: id.startsWith('arn:') ? !id.includes(':elasticloadbalancing:') : false,
          alb: id.startsWith('arn:') ? id.includes(':loadbalancer/app/') : false,
        }[type];
        if (fits !== false) return [];
        return [
          wrong(
            [...at, 'Id'],
            words(`${id} is not a target of the type ${type}.`, `${id}{은/는} ${type} 유형의 대상이 아닙니다.`),
          ),
        ];
      });
    },
  },
  refused({
    code: 'WRONG_TARGET',
    types,
    page: 'elasticloadbalancing/latest/application/load-balancer-target-groups.html',
    what: words(
      'Addresses are of the VPC or of private ranges; publicly routable ones are not targets.',
      '주소는 VPC나 프라이빗 CIDR 블록의 것이어야 합니다. 인터넷에서 라우팅되는 주소는 대상이 될 수 없습니다.',
    ),
    where: ({ properties }, estate) => {
      const vpc = parsePrefix(text(estate.find(properties.VpcId)?.properties ?? {}, 'CidrBlock') ?? '');
      if (text(properties, 'TargetType') !== 'ip' || !vpc) return [];
      return valuesAt(properties, 'Targets.*.Id').flatMap(([at, id]) => {
        const address = parseAddress(String(id));
        return address === undefined || [vpc, ...privateRanges].some((each) => holdsAddress(each, address)) ? [] : [at];
      });
    },
    aws: 'The IP address is not a valid private address',
  }),
  {
    code: 'OTHER_VPC',
    types,
    page,
    what: words('Instances of a target group are in its VPC.', '대상 그룹의 인스턴스는 같은 VPC에 있어야 합니다.'),
    check: ({ properties }, estate) =>
      itemsAt(properties, 'Targets').flatMap(([at, target]) => {
        const instance = estate.find(target.Id);
        const home = estate.find(instance?.properties.SubnetId)?.properties.VpcId;
        const vpc = estate.find(properties.VpcId);
        if (instance?.type !== 'AWS::EC2::Instance' || typeof home !== 'string' || !vpc || vpc.physicalId === home)
          return [];
        return [
          {
            at: [...at, 'Id'],
            cause: words(
              `${instance.logicalId} stands outside of ${vpc.logicalId}, the target group’s VPC.`,
              `${instance.logicalId}{은/는} 대상 그룹의 VPC인 ${vpc.logicalId} 밖에 있습니다.`,
            ),
            next: words('Name instances of the same VPC.', '같은 VPC의 인스턴스를 지정하세요.'),
            aws: `The following targets are not in the target group VPC '${vpc.physicalId}': '${instance.physicalId}'`,
          },
        ];
      }),
  },
  {
    code: 'LISTENER_MISSING',
    types,
    page: 'elasticloadbalancing/latest/network/application-load-balancer-target.html',
    what: words(
      'An Application Load Balancer that is a target has a listener on the target group’s port.',
      '대상이 되는 Application Load Balancer에는 대상 그룹의 포트와 같은 리스너가 있어야 합니다.',
    ),
    check: ({ properties }, estate) => {
      if (text(properties, 'TargetType') !== 'alb') return [];
      return itemsAt(properties, 'Targets').flatMap(([at, target]) => {
        const balancer = estate.find(target.Id);
        const port = number(target, 'Port') ?? number(properties, 'Port');
        if (balancer?.type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer' || port === undefined) return [];
        const listeners = estate
          .ofType('AWS::ElasticLoadBalancingV2::Listener')
          .filter((each) => each.properties.LoadBalancerArn === balancer.physicalId);
        if (listeners.some((each) => number(each.properties, 'Port') === port)) return [];
        return [
          {
            at: [...at, 'Id'],
            cause: words(
              `${balancer.logicalId} has no listener on port ${port}.`,
              `${balancer.logicalId}에 포트 ${port}의 리스너가 없습니다.`,
            ),
            next: words('Use the port of one of its listeners.', '리스너의 포트를 쓰세요.'),
            aws: `At least one listener must exist on the Application Load Balancer with the same port as the target group`,
          },
        ];
      });
    },
  },
  {
    code: 'PERMISSION_MISSING',
    types,
    page: 'elasticloadbalancing/latest/application/lambda-functions.html',
    what: words(
      'A function that is a target lets the load balancer invoke it.',
      '대상이 되는 함수는 로드 밸런서의 호출을 허용해야 합니다.',
    ),
    check: ({ properties }, estate) => {
      if (text(properties, 'TargetType') !== 'lambda') return [];
      return itemsAt(properties, 'Targets').flatMap(([at, target]) => {
        const called = estate.find(target.Id);
        if (called?.type !== 'AWS::Lambda::Function') return [];
        const names = [called.physicalId, called.attributes.Arn, target.Id];
        const permitted = estate.ofType('AWS::Lambda::Permission').some(({ properties: each }) => {
          if (!isKnown(each.FunctionName) || !isKnown(each.Principal)) return true;
          const named =
            names.includes(each.FunctionName) || String(each.FunctionName).startsWith(`${called.physicalId}:`);
          return named && ['elasticloadbalancing.amazonaws.com', '*'].includes(String(each.Principal));
        });
        if (permitted) return [];
        return [
          {
            at: [...at, 'Id'],
            cause: words(
              `Nothing lets the load balancer invoke ${called.logicalId}.`,
              `로드 밸런서가 ${called.logicalId}{을/를} 호출할 권한이 없습니다.`,
            ),
            next: words(
              'Add an AWS::Lambda::Permission for lambda:InvokeFunction to elasticloadbalancing.amazonaws.com, and let the target group depend on it.',
              'elasticloadbalancing.amazonaws.com에 lambda:InvokeFunction을 허용하는 AWS::Lambda::Permission을 추가하고 대상 그룹이 그것에 의존하게 하세요.',
            ),
            aws: `elasticloadbalancing principal does not have permission to invoke ${String(target.Id)} from target group`,
          },
        ];
      });
    },
  },
];

function wrong(at: Fault['at'], cause: Fault['cause']): Fault {
  return { at, cause, next: words('Correct the target or TargetType.', '대상이나 TargetType을 고치세요.') };
}
