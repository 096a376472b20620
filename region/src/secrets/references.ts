import { failure, type Mistake, mistake, type Place, type Result, success } from '@terrace/cloud/mistake';
import type { Parameter } from '@terrace/cloud/views/secrets';
import { words } from '@terrace/cloud/words';
import { type SecretStore, versionOf } from './store.ts';

/**
 * A text with its `{{resolve:secretsmanager:…}}` and `{{resolve:ssm:…}}` references opened. What comes out is secret: it goes
 * to the one server that needs it and nowhere else.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export async function openReferences(
  text: string,
  sources: { readonly secrets: SecretStore; readonly parameters: readonly Parameter[] },
  place: Place,
): Promise<Result<string>> {
  const mistakes: Mistake[] = [];
  let opened = '';
  let last = 0;
  for (const match of text.matchAll(/\{\{resolve:(secretsmanager|ssm|ssm-secure):([^{}]+)\}\}/g)) {
    const [whole, service, reference] = match as unknown as [string, string, string];
    const value =
      service === 'secretsmanager'
        ? await openSecret(reference, sources.secrets)
        : sources.parameters.find(({ name }) => name === reference.replace(/:\d+$/, ''))?.value;
    if (value === undefined)
      mistakes.push(service === 'ssm-secure' ? notGiven(reference, place) : notThere(whole, place));
    opened += text.slice(last, match.index) + (value ?? '');
    last = match.index + whole.length;
  }
  return mistakes.length > 0 ? failure(mistakes) : success(opened + text.slice(last));
}

/** `SECRET:SecretString:KEY:STAGE:VERSION`, where SECRET may be an ARN with colons of its own. */
async function openSecret(reference: string, secrets: SecretStore): Promise<string | undefined> {
  const named = /^(arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]+|[^:]+)(?::(.*))?$/.exec(reference);
  if (!named) return undefined;
  const [kind = 'SecretString', key = '', stage = '', id = ''] = (named[2] ?? '').split(':');
  const secret = await secrets.find(named[1]!);
  const version = secret && versionOf(secret, { stage: stage || undefined, id: id || undefined });
  if (!version || (kind !== '' && kind !== 'SecretString')) return undefined;
  if (key === '') return version.value;
  try {
    const value = (JSON.parse(version.value) as Record<string, unknown>)[key];
    return value === undefined || value === null ? undefined : String(value);
  } catch {
    return undefined;
  }
}

/** CloudFormation cannot make a secure parameter, so no template has one: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
function notGiven(reference: string, place: Place): Mistake {
  const name = reference.replace(/:\d+$/, '');
  return mistake('REFERENCE_NOT_FOUND', place, {
    cause: words(
      `The value of the secure parameter ${name} is in Systems Manager, and nothing is fetched from a real account.`,
      `보안 파라미터 ${name}의 값은 Systems Manager에 있으며, 실제 계정에서 가져오지 않습니다.`,
    ),
    next: words(
      `Give its value from a file that only you may read: --parameter ssm:${name}=file://PATH`,
      `소유자만 읽을 수 있는 파일로 값을 지정하세요: --parameter ssm:${name}=file://경로`,
    ),
  });
}

function notThere(reference: string, place: Place): Mistake {
  return mistake('REFERENCE_NOT_FOUND', place, {
    cause: words(
      `${reference} names a secret, key or parameter that this template does not have.`,
      `${reference}{이/가} 가리키는 보안 암호, 키 또는 파라미터가 이 템플릿에 없습니다.`,
    ),
    next: words(
      'Declare it in the template, or correct the name; nothing is fetched from a real account.',
      '템플릿에 선언하거나 이름을 고치세요. 실제 계정에서 가져오지는 않습니다.',
    ),
  });
}
