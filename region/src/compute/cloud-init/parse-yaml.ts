import { parseDocument } from 'yaml';

/** A document of YAML 1.1, as cloud-init reads it; loaded late, since few instances have one. */
export function parseYaml(content: string): { readonly error: string } | { readonly value: unknown } {
  const document = parseDocument(content, { version: '1.1', prettyErrors: true });
  const error = document.errors[0];
  if (error) return { error: error.message.split('\n')[0] ?? '' };
  return { value: document.toJS({ maxAliasCount: 100 }) };
}
