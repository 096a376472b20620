import { createRequire } from 'node:module';
import type { Node, Pair, ScalarTag, Tags, YAMLMap, YAMLSeq } from 'yaml';
import type { Json } from '../json.ts';
import { type Mistake, mistake, type Place } from '../mistake.ts';
import { words } from '../words.ts';
import { duplicateKey, forbiddenKey, maximumDepth, tooDeep } from './limits.ts';
import { placeAt, type SourceText, setMark } from './marks.ts';
import { longForm } from './short-forms.ts';

/** Loaded when the first YAML file comes: what CDK writes is JSON, and should not wait for it. */
let library: typeof import('yaml') | undefined;

function yaml(): typeof import('yaml') {
  library ??= createRequire(import.meta.url)('yaml') as typeof import('yaml');
  return library;
}

/**
 * Reads YAML as CloudFormation does: version 1.1 without timestamps, sets, sexagesimal numbers, merges and aliases, with the short forms
 * of intrinsic functions, which come out in their long form.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
export function readYaml(source: SourceText, mistakes: Mistake[]): Json | undefined {
  if (deepestIndicator(source.text) > maximumDepth * 4) {
    mistakes.push(tooDeep(placeAt(source, 0)));
    return undefined;
  }
  const document = yaml().parseDocument(source.text, {
    version: '1.1',
    merge: false,
    uniqueKeys: false,
    stringKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
    customTags: withoutForeignTypes,
  });
  for (const error of document.errors) mistakes.push(syntaxMistake(placeAt(source, error.pos[0]), error.message));
  if (document.errors.length > 0) return undefined;
  return new YamlReader(source, mistakes).value(document.contents, 0);
}

const foreignTypes = new Set([
  'tag:yaml.org,2002:timestamp',
  'tag:yaml.org,2002:binary',
  'tag:yaml.org,2002:omap',
  'tag:yaml.org,2002:pairs',
  'tag:yaml.org,2002:set',
  'tag:yaml.org,2002:merge',
]);

/**
 * A lone y or n is a word, as it is to the parsers that AWS uses, though YAML 1.1 takes it for true or false. So is a number with a zero in front,
 * such as an account's.
 */
function withoutForeignTypes(tags: Tags): Tags {
  return tags
    .filter((tag) => typeof tag !== 'object' || (!foreignTypes.has(tag.tag) && (tag as ScalarTag).format !== 'TIME'))
    .map((tag) => {
      if (typeof tag !== 'object' || tag.tag !== 'tag:yaml.org,2002:bool') return tag;
      const scalar = tag as ScalarTag;
      if (!scalar.test) return tag;
      return { ...scalar, test: new RegExp(scalar.test.source.replace(/Y\|y\||N\|n\|/, '')) };
    });
}

class YamlReader {
  readonly #source: SourceText;
  readonly #mistakes: Mistake[];
  readonly #yaml = yaml();

  constructor(source: SourceText, mistakes: Mistake[]) {
    this.#source = source;
    this.#mistakes = mistakes;
  }

  value(node: unknown, depth: number): Json {
    if (node === null || node === undefined) return null;
    if (depth > maximumDepth) {
      this.#mistakes.push(tooDeep(this.#place(node)));
      return null;
    }
    if (this.#yaml.isAlias(node)) {
      this.#mistakes.push(aliasMistake(this.#place(node)));
      return null;
    }
    const plain = this.#yaml.isMap(node)
      ? this.#map(node, depth)
      : this.#yaml.isSeq(node)
        ? this.#list(node, depth)
        : this.#scalar(node);
    return this.#tagged(node as Node, plain);
  }

  #map(node: YAMLMap, depth: number): Json {
    const value: Record<string, Json> = {};
    const keys: string[] = [];
    const offsets: number[] = [];
    for (const pair of node.items as Pair[]) {
      if (!this.#yaml.isPair(pair)) continue;
      const key = this.#key(pair.key);
      if (key === undefined) continue;
      const at = this.#offset(pair.key);
      const member = this.value(pair.value, depth + 1);
      if (key === '__proto__') this.#mistakes.push(forbiddenKey(placeAt(this.#source, at), key));
      else if (Object.hasOwn(value, key)) this.#mistakes.push(duplicateKey(placeAt(this.#source, at), key));
      else value[key] = member;
      keys.push(key);
      offsets.push(at);
    }
    setMark(value, { source: this.#source, at: this.#offset(node), keys, offsets });
    return value;
  }

  #key(node: unknown): string | undefined {
    if (this.#yaml.isScalar(node) && node.value === '<<' && node.type === 'PLAIN') {
      this.#mistakes.push(aliasMistake(this.#place(node)));
      return undefined;
    }
    if (this.#yaml.isScalar(node))
      return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
    this.#mistakes.push(syntaxMistake(this.#place(node), 'a key has to be a plain word', '키는 문자열이어야 합니다'));
    return undefined;
  }

  #list(node: YAMLSeq, depth: number): Json {
    const offsets: number[] = [];
    const value = node.items.map((item) => {
      offsets.push(this.#offset(item));
      return this.value(item, depth + 1);
    });
    setMark(value, { source: this.#source, at: this.#offset(node), keys: [], offsets });
    return value;
  }

  #scalar(node: unknown): Json {
    if (!this.#yaml.isScalar(node)) throw new Error('a YAML node that is neither a map, a list, an alias nor a scalar');
    const value = node.value;
    if (typeof value === 'number' && (!Number.isFinite(value) || /^[-+]?0\d/.test(node.source ?? '')))
      return node.source ?? String(value);
    if (typeof value === 'bigint') return String(value);
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return value;
    return node.source ?? String(value);
  }

  #tagged(node: Node, plain: Json): Json {
    const tag = node.tag;
    if (tag === undefined || !tag.startsWith('!') || tag === '!') return plain;
    const scalarSource = this.#yaml.isScalar(node) && typeof plain !== 'string' ? (node.source ?? plain) : plain;
    const long = longForm(tag, scalarSource);
    if (long === undefined) {
      this.#mistakes.push(unknownTag(this.#place(node), tag));
      return plain;
    }
    const at = this.#offset(node);
    setMark(long, { source: this.#source, at, keys: Object.keys(long), offsets: [at] });
    const inner = Object.values(long)[0];
    if (Array.isArray(inner) && inner !== plain)
      setMark(inner, { source: this.#source, at, keys: [], offsets: inner.map(() => at) });
    return long;
  }

  #offset(node: unknown): number {
    return (node as Node | null)?.range?.[0] ?? 0;
  }

  #place(node: unknown): Place {
    return placeAt(this.#source, this.#offset(node));
  }
}

/** How deep indentation and flow brackets could nest, without parsing: a bomb never reaches the parser. */
function deepestIndicator(text: string): number {
  let deepest = 0;
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++open);
    else if ((code === 0x5d || code === 0x7d) && open > 0) open--;
  }
  for (const dashes of text.matchAll(/^[ ]*((?:[-?:][ ]+){50,})/gm)) deepest = Math.max(deepest, dashes[0].length / 2);
  return deepest;
}

function syntaxMistake(place: Place, reason: string, korean = reason): Mistake {
  if (reason.includes('at most one tag')) return twoTags(place);
  return mistake('YAML_SYNTAX', place, {
    cause: words(`This is not YAML: ${reason}.`, `YAML 형식이 아닙니다: ${korean}`),
    next: words(
      'Correct the syntax; indentation, a missing space after a colon and unquoted special characters are the usual reasons.',
      '구문을 고치세요. 들여쓰기, 콜론 뒤 공백, 따옴표 없는 특수 문자가 흔한 원인입니다.',
    ),
  });
}

function twoTags(place: Place): Mistake {
  return mistake('YAML_SYNTAX', place, {
    cause: words(
      'Two short forms follow each other, which YAML does not allow.',
      '축약형 두 개가 잇따라 있는데 YAML에서는 허용되지 않습니다.',
    ),
    next: words(
      "Write the inner one in its long form, for example !GetAZs { Ref: 'AWS::Region' }.",
      "안쪽 것을 긴 형식으로 쓰세요. 예: !GetAZs { Ref: 'AWS::Region' }",
    ),
  });
}

function aliasMistake(place: Place): Mistake {
  return mistake('YAML_ALIAS', place, {
    cause: words(
      'A YAML alias or merge stands here; CloudFormation refuses both.',
      'YAML 별칭 또는 병합이 있습니다. CloudFormation은 둘 다 거부합니다.',
    ),
    next: words(
      'Write the value out, or use Mappings, Parameters or Fn::ForEach.',
      '값을 직접 쓰거나 Mappings, Parameters, Fn::ForEach를 사용하세요.',
    ),
  });
}

function unknownTag(place: Place, tag: string): Mistake {
  return mistake('UNKNOWN_TAG', place, {
    cause: words(`${tag} is not an intrinsic function.`, `${tag}{은/는} 내장 함수가 아닙니다.`),
    next: words(
      'Use one of CloudFormation’s short forms, such as !Ref, !GetAtt, !Sub or !Join, or quote the value.',
      '!Ref, !GetAtt, !Sub, !Join 같은 CloudFormation 축약형을 쓰거나 값을 따옴표로 묶으세요.',
    ),
  });
}
