import { mask, textsIn } from '../concealment.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';

/**
 * Whether AWS keeps what a property of this name holds: AWS's specification of resource types names such properties alike (`MasterUserPassword`,
 * `AuthToken`, `ClientSecret`), and its registry has them as write-only. Names that end otherwise (`SecretArn`, `TokenUrl`) say where a secret is.
 *
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html#schema-properties-writeonlyproperties
 */
export function isSecretProperty(name: string): boolean {
  return secretName.test(name) && !idempotency.has(name);
}

const secretName =
  /(passwords?|passphrase|secret|secret_?string|secretstringtemplate|private_?key|access_?key|secret_?key|secret_?access_?key|auth_?key|token_?key|token|token_?value|token_?content|api_?key|api_?key_?value|api_?key_?secret|pre_?shared_?key|shared_?key|credentials?|credentials_?map)$/i;

/** Units of time that are named after tokens. */
const unitsOfTokens = 'TokenValidityUnits';

/** Tokens by which AWS knows a repeated request, and the address of a custom resource's function: no secrets. */
const idempotency: ReadonlySet<string> = new Set(['ClientToken', 'ServiceToken', 'ClientRequestToken', 'NextToken']);

/** Values of all secret properties, by name, wherever in the properties of a resource they stand. */
export function secretsIn(properties: JsonObject): string[] {
  return Object.entries(properties).flatMap(([name, value]) => {
    if (name === unitsOfTokens) return [];
    // How a secret is to be made, of which the template of its text alone may hold one.
    if (name === 'GenerateSecretString' && isObject(value)) return secretsIn(value);
    if (isSecretProperty(name)) return textsIn(value).flatMap(secretsOfText);
    if (Array.isArray(value)) return value.filter(isObject).flatMap(secretsIn);
    return isObject(value) ? secretsIn(value) : [];
  });
}

/**
 * A property as it is shown: nothing of a secret one, and of the environment of a function or a container its names only, which often
 * carries what nobody marked as secret. References to secrets stay.
 *
 * @param path below `Properties`, for example `Environment.Variables`
 */
export function shownProperty<T extends Json | null>(path: string, value: T): T {
  const within = path.split('.').map(kindOf);
  return shownBelow(
    within.find((kind) => kind === 'secret') ?? within.find((kind) => kind !== 'open') ?? 'open',
    value,
  ) as T;
}

/** What stands below a property of this name. */
type Kind = 'secret' | 'environment' | 'open';

function kindOf(name: string): Kind {
  return isSecretProperty(name) ? 'secret' : isEnvironment(name) ? 'environment' : 'open';
}

function shownBelow(kind: Kind, value: Json | null): Json | null {
  if (Array.isArray(value)) return value.map((each) => shownBelow(kind, each) as Json);
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => {
        const inner = kind === 'open' ? kindOf(name) : kind === 'environment' && name === 'Name' ? 'open' : kind;
        return [name, shownBelow(inner, each) as Json];
      }),
    );
  }
  if (kind === 'open' || value === null || typeof value === 'boolean') return value;
  return typeof value === 'string' && isReference(value) ? value : mask;
}

function isEnvironment(name: string): boolean {
  return name === 'Environment' || name === 'EnvironmentVariables';
}

/** Where a secret is may be read by all. */
function isReference(text: string): boolean {
  return /^arn:aws[a-z-]*:/.test(text) || /^(\{\{resolve:[^{}]*\}\})+$/.test(text);
}

/** What a secret's text keeps: itself, and the secret members of JSON. */
function secretsOfText(text: string): string[] {
  if (isReference(text)) return [];
  return [text, ...secretsIn(objectOf(text))];
}

function objectOf(text: string): JsonObject {
  if (!text.trimStart().startsWith('{')) return {};
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
