import { type Words, words } from '../../words.ts';
import type { Unknown, UnknownCode } from '../network.ts';

/** Something that decides and is not known. */
export function unknown(code: UnknownCode, cause: Words, next: Words): Unknown {
  return { code, cause, next };
}

/** What stands behind a gateway or an attachment that leads out of the templates. */
export function behind(name: string): Unknown {
  return unknown(
    'UNKNOWN_BEHIND_GATEWAY',
    words(
      `${name} leads out of the templates; whatever is behind it decides.`,
      `${name}{은/는} 템플릿 밖으로 이어지며, 그 뒤에 있는 것이 결정합니다.`,
    ),
    words('ask the network behind it', '그 뒤의 네트워크에서 확인하세요'),
  );
}

/** An instance that may forward: its own settings decide whether it does, and by which address. */
export function translation(name: string): Unknown {
  return unknown(
    'UNKNOWN_TRANSLATION',
    words(
      `${name} may forward it: it has no source/destination check, and its own settings decide whether it forwards and translates the source to its own address.`,
      `${name}{이/가} 전달할 수도 있습니다. 소스/대상 확인이 꺼져 있고, 전달하는지와 소스 주소를 자기 주소로 바꾸는지는 그 인스턴스의 설정이 결정합니다.`,
    ),
    words(
      'try it in a region: terrace up, then terrace probe',
      '로컬 리전에서 확인하세요: terrace up 다음에 terrace probe',
    ),
  );
}

/** A value of the template that only a deployment gives. */
export function unknownValue(where: string): Unknown {
  return unknown(
    'UNKNOWN_VALUE',
    words(`${where} has a value that is not known here.`, `${where}의 값을 여기서는 알 수 없습니다.`),
    words('state the value, for example with --parameter', '값을 지정하세요. 예: --parameter'),
  );
}

/** Something of an imported VPC whose listing the project does not have. */
export function notListed(vpc: string, command: string): Unknown {
  return unknown(
    'UNKNOWN_VALUE',
    words(
      `Of ${vpc}, which stands outside of the templates, aws ec2 ${command} was not imported.`,
      `템플릿 밖에 있는 ${vpc}에 대해 aws ec2 ${command}의 결과를 가져오지 않았습니다.`,
    ),
    words(
      `import it: aws ec2 ${command} --filters Name=vpc-id,Values=${vpc} | terrace import`,
      `가져오세요: aws ec2 ${command} --filters Name=vpc-id,Values=${vpc} | terrace import`,
    ),
  );
}

/** What a load balancer listens for, where it stands outside and nobody listed it. */
export function unlistedListeners(name: string): Unknown {
  return {
    code: 'UNKNOWN_VALUE',
    cause: words(
      `What ${name} listens for and passes on is not known: it stands outside of the templates.`,
      `${name}의 리스너와 대상은 템플릿 밖에 있어 알 수 없습니다.`,
    ),
    next: words(
      'import what aws elbv2 describe-listeners prints',
      'aws elbv2 describe-listeners의 출력을 terrace import로 가져오세요',
    ),
  };
}
