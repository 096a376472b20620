import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Asset, Resource } from '../inventory.ts';
import { type Mistake, mistake } from '../mistake.ts';
import { type NotKnown, notKnown } from '../resolve/not-known.ts';
import { maximumFileSize } from '../template/limits.ts';
import { readTemplate, tooLarge } from '../template/template.ts';
import { words } from '../words.ts';
import type { StackSource } from './stack-source.ts';

/** Deeper than this only a template that nests itself goes. */
export const maximumNesting = 10;

/** All stacks together. */
export const maximumStacks = 500;

/**
 * Resources that a stack and those nested in it may have in one operation.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const maximumNestedResources = 2500;

/**
 * The template of a nested stack: where CDK put it, an asset of the assembly by its address, or a file beside its parent, as
 * `aws cloudformation package` takes it.
 */
export function readNested(
  resource: Resource,
  parent: StackSource,
  assets: readonly Asset[],
  report: (each: Mistake) => void,
  warn: (each: Mistake) => void,
): { readonly file: string; readonly template: StackSource['template'] } | NotKnown | undefined {
  const url = String(resource.properties.TemplateURL ?? '');
  const place = { ...resource.place, path: 'Properties.TemplateURL' };
  const named = candidates(resource, url, parent, assets).find(isFile);
  const beside = named === undefined ? besideParent(url, parent) : undefined;
  const file = named ?? beside;
  // An assembly says where its own templates are: one that is not there is missing.
  const isOwn = typeof resource.metadata['aws:asset:path'] === 'string';
  if (file === undefined && !isOwn && /^(https?|s3):\/\//i.test(url)) return elsewhere(place, url, warn);
  if (file === undefined) {
    report(notFound(place, url));
    return undefined;
  }
  if (!isBeside(file, parent.file) && !assets.some((each) => isSame(each.path, file))) {
    report(outside(place, url));
    return undefined;
  }
  if (beside !== undefined) warn(takenFromBeside(place, url, path.basename(beside)));
  const shown = path.join(path.dirname(parent.template.source.file), path.relative(path.dirname(parent.file), file));
  if (statSync(file).size > maximumFileSize) {
    report(tooLarge(shown));
    return undefined;
  }
  const mistakes: Mistake[] = [];
  const template = readTemplate(shown, readFileSync(file, 'utf8'), mistakes);
  for (const each of mistakes) report(each);
  return template && { file, template };
}

function candidates(resource: Resource, url: string, parent: StackSource, assets: readonly Asset[]): string[] {
  const folder = path.dirname(parent.file);
  const assetPath = resource.metadata['aws:asset:path'];
  const asset = assets.find((each) => url.includes(each.bucket) && url.endsWith(`/${each.objectKey}`));
  const local = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url.replace(/^file:\/\//, '') : path.resolve(folder, url);
  return [
    ...(typeof assetPath === 'string' ? [path.resolve(folder, assetPath)] : []),
    ...(asset ? [asset.path] : []),
    ...(/^https?:|^s3:/.test(local) || url === '' ? [] : [local]),
  ];
}

/** An address of S3 whose file lies beside the parent, or below it by more of the same path. */
function besideParent(url: string, parent: StackSource): string | undefined {
  const parsed = /^(https?|s3):\/\//i.test(url) && URL.canParse(url) ? new URL(url) : undefined;
  if (
    !parsed ||
    (/^https?:$/.test(parsed.protocol) && !/(^|\.)s3[.-]([a-z0-9-]+\.)*amazonaws\.com(\.cn)?$/.test(parsed.hostname))
  )
    return undefined;
  const segments =
    decoded(parsed.pathname)
      ?.split('/')
      .filter((each) => each !== '') ?? [];
  if (segments.includes('..')) return undefined;
  return segments.map((_, index) => path.resolve(path.dirname(parent.file), ...segments.slice(index))).find(isFile);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** A name that the file system does not take names no file. */
function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** In the parent's folder or below it, links followed: a template from elsewhere reads no file that its folder does not hold. */
function isBeside(file: string, parent: string): boolean {
  const way = path.relative(realpathSync(path.dirname(parent)), realpathSync(file));
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

function isSame(one: string, other: string): boolean {
  return isFile(one) && realpathSync(one) === realpathSync(other);
}

function outside(place: Mistake['place'], url: string): Mistake {
  return mistake('NESTED_TEMPLATE_OUTSIDE', place, {
    cause: words(
      `The template of this nested stack (${url}) is outside of the folder of its parent template, directly or by a symbolic link.`,
      `중첩 스택의 템플릿(${url})이 상위 템플릿의 폴더 밖에 있거나, 폴더 밖을 가리키는 심볼릭 링크입니다.`,
    ),
    next: words(
      'Put the file into the folder of the parent template or below it, and name it from there.',
      '파일을 상위 템플릿의 폴더나 그 하위 폴더로 옮기고 그 위치를 지정하세요.',
    ),
  });
}

function takenFromBeside(place: Mistake['place'], url: string, name: string): Mistake {
  return mistake('NESTED_TEMPLATE_BESIDE', place, {
    cause: words(
      `This nested stack names ${url}; ${name} beside this template is read in its place.`,
      `이 중첩 스택은 ${url}{을/를} 가리킵니다. 여기서는 이 템플릿 옆의 ${name}{을/를} 대신 읽습니다.`,
    ),
    next: words(
      'Make sure that the file is the one that stands at that address.',
      '그 주소에 있는 파일과 같은지 확인하세요.',
    ),
  });
}

/** A template at an address that nothing here fetches: its resources and outputs are not known. */
function elsewhere(place: Mistake['place'], url: string, warn: (each: Mistake) => void): NotKnown {
  const cause = words(
    `The template of this nested stack (${url}) is not on this machine, so its resources and outputs are not known here.`,
    `중첩 스택의 템플릿(${url})이 이 컴퓨터에 없어 리소스와 출력을 알 수 없습니다.`,
  );
  const next = words(
    'Put the file beside this template, under the same name.',
    '같은 이름의 파일을 이 템플릿 옆에 두세요.',
  );
  warn(mistake('NOT_KNOWN', place, { cause, next }));
  return notKnown(cause, next);
}

function notFound(place: Mistake['place'], url: string): Mistake {
  return mistake('MISSING_NESTED_TEMPLATE', place, {
    cause: words(
      `The template of this nested stack (${url || 'no TemplateURL'}) is not on this machine.`,
      `중첩 스택의 템플릿(${url || 'TemplateURL 없음'})이 이 컴퓨터에 없습니다.`,
    ),
    next: words(
      'Let TemplateURL name a file beside this template, as aws cloudformation package takes it.',
      'TemplateURL에 이 템플릿 옆의 파일을 지정하세요(aws cloudformation package와 같은 방식).',
    ),
  });
}

export function nestedTooLarge(place: Mistake['place']): Mistake {
  return mistake('TOO_MANY_ENTRIES', place, {
    cause: words(
      `This stack and those nested in it have more than ${maximumNestedResources} resources; CloudFormation takes no more in one operation.`,
      `이 스택과 중첩 스택의 리소스가 모두 ${maximumNestedResources}개를 넘습니다. CloudFormation은 한 번에 그 이상 처리하지 않습니다.`,
    ),
    next: words('Deploy some of them as stacks of their own.', '일부를 별도의 스택으로 배포하세요.'),
  });
}

export function nestedTooDeep(place: Mistake['place']): Mistake {
  return mistake('TOO_DEEP', place, {
    cause: words(
      `Stacks are nested more than ${maximumNesting} deep here, or there are more than ${maximumStacks}; a template that nests itself never ends.`,
      `스택이 ${maximumNesting}단계보다 깊게 중첩되었거나 ${maximumStacks}개를 넘습니다. 자기 자신을 중첩하는 템플릿은 끝나지 않습니다.`,
    ),
    next: words('Take this nested stack out.', '이 중첩 스택을 빼세요.'),
  });
}
