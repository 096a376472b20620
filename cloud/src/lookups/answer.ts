import { resourceIdentifier } from '../allocate/identifier.ts';
import { zonesOf } from '../allocate/zones.ts';
import type { MissingContext } from '../assembly/missing.ts';
import { systemParameter } from '../assembly/system-parameters.ts';
import type { Json, JsonObject } from '../json.ts';
import { standingInventory } from '../outside/standing-inventory.ts';
import { object, text, texts } from '../property.ts';
import { words } from '../words.ts';
import { answerListener, answerLoadBalancer } from './load-balancer.ts';
import { type Answer, homeOf, type Known, known, standIn } from './lookup.ts';
import { answerResource } from './resource.ts';
import { answerHostedZone, answerKey, answerSecurityGroup } from './things.ts';
import { answerVpc } from './vpc.ts';

/**
 * Answers what CDK's command line asks AWS for: by the region's own facts (zones, images), by what stands in the region, or by a stand-in.
 *
 * https://docs.aws.amazon.com/cdk/v2/guide/context.html
 */
export function answerLookup({ provider, props }: MissingContext, from: Known): Answer {
  const answer = providers[provider];
  const { standing = [] } = from;
  const withStanding =
    standing.length === 0
      ? from
      : { ...from, inventories: [standingInventory(standing, homeOf(props)), ...from.inventories] };
  return answer ? answer(props, withStanding) : { kind: 'none', why: noProvider(provider, props) };
}

const providers: Readonly<Record<string, (props: JsonObject, from: Known) => Answer>> = {
  'availability-zones': (props) => known(zonesOf(homeOf(props).region)),
  // An interface endpoint stands in every zone that it is given here.
  'endpoint-service-availability-zones': (props) => known(zonesOf(homeOf(props).region)),
  ami: answerImage,
  ssm: answerParameter,
  'vpc-provider': answerVpc,
  'security-group': answerSecurityGroup,
  'hosted-zone': answerHostedZone,
  'key-provider': answerKey,
  'load-balancer': answerLoadBalancer,
  'load-balancer-listener': answerListener,
  'cc-api-provider': answerResource,
};

/** An image's id is made up from the name that is looked for, as that of a public parameter is: it is the same at every load. */
function answerImage(props: JsonObject): Answer {
  const [name] = texts(object(props, 'filters'), 'name');
  if (name === undefined)
    return standIn(imageId('', homeOf(props).region), words('an image without a name', '이름 없이 찾은 이미지'));
  return known(imageId(name, homeOf(props).region));
}

function imageId(name: string, region: string): string {
  return resourceIdentifier({ account: 'aws', region, stack: '', logicalId: name }, 'ami');
}

function answerParameter(props: JsonObject, { inventories, parameters }: Known): Answer {
  const name = text(props, 'parameterName') ?? '';
  const resources = inventories.flatMap((inventory) => inventory.resources);
  const given = new Map<string, Json>(Object.entries(parameters));
  const value = systemParameter(name, homeOf(props).region, given, resources);
  if (value !== undefined) return known(value);
  return standIn(
    text(props, 'dummyValue') ?? `dummy-value-for-${name}`,
    words(`Systems Manager parameter ${name}`, `Systems Manager 파라미터 ${name}`),
  );
}

function noProvider(provider: string, props: JsonObject) {
  const name = provider === 'plugin' ? `plugin ${text(props, 'pluginName') ?? ''}` : provider;
  return words(`Terrace has no answers of ${name}.`, `Terrace는 ${name}의 조회에 답하지 못합니다.`);
}

/**
 * What the images of a context are called, by id: the name is a part of the key under which CDK keeps an answer.
 * An id itself says nothing of the operating system.
 */
export function imageNamesOf(context: JsonObject): Readonly<Record<string, readonly string[]>> {
  const named = Object.entries(context).flatMap(([key, value]) => {
    const name = /(?:^ami:.*filters\.name\.0|^ssm:.*parameterName)=((?:[^:$]|\$.)*)/.exec(key)?.[1];
    if (typeof value !== 'string' || !/^ami-/.test(value) || name === undefined) return [];
    return [[value, [name.replaceAll('$:', ':').replaceAll('$$', '$')]] as const];
  });
  return Object.fromEntries(named);
}
