import { isObject, type Json, type JsonObject } from '../../json.ts';
import { flag, number, text } from '../../property.ts';

export type SecretContent =
  | { readonly kind: 'stated'; readonly value: string }
  | { readonly kind: 'generated'; readonly recipe: PasswordRecipe; readonly within: GeneratedWithin | null }
  /** Neither stated nor generated: the secret has no value until someone puts one. */
  | { readonly kind: 'empty' };

/** The generated password becomes one key of a JSON object. */
interface GeneratedWithin {
  readonly template: JsonObject;
  readonly key: string;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
export interface PasswordRecipe {
  readonly length: number;
  readonly excludeCharacters: string;
  readonly lowercase: boolean;
  readonly uppercase: boolean;
  readonly numbers: boolean;
  readonly punctuation: boolean;
  readonly space: boolean;
  readonly requireEachType: boolean;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html */
export function secretContent(properties: JsonObject): SecretContent {
  const value = text(properties, 'SecretString');
  if (value !== undefined) return { kind: 'stated', value };
  if (!isObject(properties.GenerateSecretString)) return { kind: 'empty' };
  const generate = properties.GenerateSecretString;
  const key = text(generate, 'GenerateStringKey');
  const template = parsedTemplate(text(generate, 'SecretStringTemplate'));
  return { kind: 'generated', recipe: passwordRecipe(generate), within: key && template ? { template, key } : null };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html */
export function passwordRecipe(generate: JsonObject): PasswordRecipe {
  return {
    length: number(generate, 'PasswordLength') ?? 32,
    excludeCharacters: typeof generate.ExcludeCharacters === 'string' ? generate.ExcludeCharacters : '',
    lowercase: !(flag(generate, 'ExcludeLowercase') ?? false),
    uppercase: !(flag(generate, 'ExcludeUppercase') ?? false),
    numbers: !(flag(generate, 'ExcludeNumbers') ?? false),
    punctuation: !(flag(generate, 'ExcludePunctuation') ?? false),
    space: flag(generate, 'IncludeSpace') ?? false,
    requireEachType: flag(generate, 'RequireEachIncludedType') ?? true,
  };
}

function parsedTemplate(template: string | undefined): JsonObject | undefined {
  if (template === undefined) return undefined;
  try {
    const parsed = JSON.parse(template) as Json;
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** The name behind `:secret:`, without the six characters that Secrets Manager adds to it. */
export function nameInArn(arn: string): string {
  return (arn.split(':secret:')[1] ?? arn).replace(/-[A-Za-z0-9]{6}$/, '');
}
