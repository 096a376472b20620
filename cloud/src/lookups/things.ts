import { resourceIdentifier, uuid } from '../allocate/identifier.ts';
import type { JsonObject } from '../json.ts';
import { attribute, flag, objects, text } from '../property.ts';
import { words } from '../words.ts';
import { type Answer, type Found, homeOf, type Known, known, matching, standIn } from './lookup.ts';

/** `SecurityGroup.fromLookupById` and `fromLookupByName`. */
export function answerSecurityGroup(props: JsonObject, from: Known): Answer {
  const [id, name, vpc] = [text(props, 'securityGroupId'), text(props, 'securityGroupName'), text(props, 'vpcId')];
  const found = matching(from, homeOf(props), ['AWS::EC2::SecurityGroup'], (group) => {
    const groupId = attribute(group, 'GroupId') ?? group.physicalId;
    const isInVpc = vpc === undefined || text(group.properties, 'VpcId') === vpc;
    return isInVpc && (id === undefined ? text(group.properties, 'GroupName') === name : groupId === id);
  });
  return (
    one(found, `${id ?? name}`, ({ resource }) => ({
      securityGroupId: attribute(resource, 'GroupId') ?? resource.physicalId,
      allowAllOutbound: allowsAllOutbound(resource.properties),
    })) ??
    standIn(
      {
        securityGroupId:
          id ?? resourceIdentifier({ ...homeOf(props), stack: '', logicalId: `${vpc ?? ''} ${name}` }, 'sg'),
        allowAllOutbound: true,
      },
      words(`security group ${id ?? name}`, `보안 그룹 ${id ?? name}`),
    )
  );
}

/** A group without egress rules of its own sends anywhere. */
function allowsAllOutbound(properties: JsonObject): boolean {
  const rules = objects(properties, 'SecurityGroupEgress');
  if (properties.SecurityGroupEgress === undefined) return true;
  return rules.some((rule) => text(rule, 'IpProtocol') === '-1' && text(rule, 'CidrIp') === '0.0.0.0/0');
}

/** `HostedZone.fromLookup`: a public zone unless a private one is asked for. */
export function answerHostedZone(props: JsonObject, from: Known): Answer {
  const domain = (text(props, 'domainName') ?? '').replace(/\.$/, '').toLowerCase();
  const isPrivate = flag(props, 'privateZone') ?? false;
  const vpc = text(props, 'vpcId');
  const found = matching(from, homeOf(props), ['AWS::Route53::HostedZone'], ({ properties }) => {
    const vpcs = objects(properties, 'VPCs');
    if ((text(properties, 'Name') ?? '').replace(/\.$/, '').toLowerCase() !== domain) return false;
    if (vpcs.length > 0 !== isPrivate) return false;
    return vpc === undefined || vpcs.some((each) => text(each, 'VPCId') === vpc);
  });
  const name = `${domain}.`;
  const invented = `Z${uuid({ ...homeOf(props), stack: '', logicalId: `${domain} ${isPrivate}` }, 'zone')
    .replaceAll('-', '')
    .slice(0, 20)
    .toUpperCase()}`;
  return (
    one(found, domain, ({ resource }) => ({ Id: `/hostedzone/${resource.physicalId}`, Name: name })) ??
    standIn({ Id: `/hostedzone/${invented}`, Name: name }, words(`hosted zone ${domain}`, `호스팅 영역 ${domain}`))
  );
}

/** `Key.fromLookup`, by an alias. */
export function answerKey(props: JsonObject, from: Known): Answer {
  const alias = text(props, 'aliasName') ?? '';
  const found = matching(
    from,
    homeOf(props),
    ['AWS::KMS::Alias'],
    ({ properties }) => text(properties, 'AliasName') === alias,
  );
  const answer = one(found, alias, ({ resource, inventory }) => {
    const target = text(resource.properties, 'TargetKeyId') ?? '';
    const key = inventory.resources.find(
      ({ physicalId, attributes }) => physicalId === target || attributes.Arn === target,
    );
    return { keyId: key?.physicalId ?? target.split('/').at(-1)! };
  });
  if (answer) return answer;
  const keyId =
    props.ignoreErrorOnMissingContext === true
      ? (props.dummyValue ?? null)
      : { keyId: uuid({ ...homeOf(props), stack: '', logicalId: alias }, 'key') };
  return standIn(keyId, words(`key ${alias}`, `키 ${alias}`));
}

/** The answer of one thing that was found; `undefined` where none was. CDK refuses several. */
export function one(found: readonly Found[], name: string, value: (found: Found) => JsonObject): Answer | undefined {
  if (found.length > 1) {
    const all = found.map(({ resource }) => resource.key).join(', ');
    return {
      kind: 'none',
      why: words(`${name} is ambiguous: ${all}.`, `${name}에 해당하는 것이 여럿입니다: ${all}`),
    };
  }
  return found[0] && known(value(found[0]));
}
