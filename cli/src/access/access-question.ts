import { readFile } from 'node:fs/promises';
import type { Phase } from '@terrace/cloud/families/contract/need';
import type { Inventory } from '@terrace/cloud/inventory';
import { failure, type Mistake, mistake, type Result, success } from '@terrace/cloud/mistake';
import { type IdentityView, identityView } from '@terrace/cloud/views/identity';
import { words } from '@terrace/cloud/words';
import type { Via } from '@terrace/lenses/access/deployment/demands';
import { findSubject, type Subject, subjectWith } from '@terrace/lenses/access/evaluation/subject';
import { excludes, needs, oneOf } from '../arguments/option-values.ts';
import { outputMistakes } from '../arguments/output-file.ts';
import { loadAsked } from '../running/load-asked.ts';

/** What a line of `terrace access` asks, with everything that it names found. */
export interface Asked {
  readonly question: 'least' | 'matrix' | 'action' | 'excess' | 'preflight';
  readonly inventory: Inventory;
  readonly view: IdentityView;
  readonly subject: Subject | null;
  readonly executionRole: Subject | null;
  readonly via: Via;
  readonly phases: readonly Phase[] | undefined;
  /** The one stack that is asked about; `undefined` for all. */
  readonly stack: string | undefined;
  readonly mfa: boolean;
  /** Whether the subject is of the template, and not a list of policies. */
  readonly asPersona: boolean;
}

type Options = Readonly<Record<string, unknown>>;

/** Every mistake in the line is found, and they are shown together. */
export async function ask(options: Options): Promise<Result<Asked>> {
  const line = [...passedOver(options), ...(await outputMistakes(options.svg))];
  const project = await loadAsked(options);
  if (!project.ok) return failure([...line, ...project.mistakes]);
  const view = identityView(project.value);
  const mistakes = [...line];
  const keep = <T>(result: Result<T>): T | undefined => {
    if (!result.ok) mistakes.push(...result.mistakes);
    return result.ok ? result.value : undefined;
  };
  const via = keep(oneOf('--via', options.via ?? 'cloudformation', ['cloudformation', 'console'] as const));
  const phase = keep(oneOf('--for', options.for ?? 'create', ['create', 'update', 'delete', 'all'] as const));
  const stack = keep(stackAsked(project.value, options.stack));
  const subject = keep(await subjectAsked(view, options));
  const executionRole = typeof options.role === 'string' ? keep(roleAsked(view, options.role)) : null;
  if (mistakes.length > 0) return failure(mistakes);
  const question = options.least
    ? 'least'
    : subject === null
      ? 'matrix'
      : options.action
        ? 'action'
        : options.excess
          ? 'excess'
          : 'preflight';
  return success({
    question,
    inventory: project.value,
    stack: stack ?? undefined,
    view,
    subject: subject ?? null,
    executionRole: executionRole ?? null,
    via: via!,
    phases: phasesOf(phase!, via!),
    mfa: options.withoutMfa !== true,
    asPersona: typeof options.as === 'string',
  });
}

/** Options that would say nothing in this line. */
function passedOver(options: Options): Mistake[] {
  const someone = ['--as', '--managed', '--policy'];
  const named = someone.find((flag) => options[flag.slice(2)] !== undefined);
  const isNamed = named !== undefined;
  return [
    ...(options.action !== undefined && !isNamed ? [needs('--action', ...someone)] : []),
    ...(options.excess && !isNamed ? [needs('--excess', ...someone)] : []),
    ...(options.resource !== undefined && options.action === undefined ? [needs('--resource', '--action')] : []),
    ...(typeof options.resource === 'string' && !/^(\*$|arn:)/.test(options.resource)
      ? [notAnArn(options.resource)]
      : []),
    ...(options.svg !== undefined && isNamed ? [excludes('--svg', named!)] : []),
    ...(options.svg !== undefined && options.least ? [excludes('--svg', '--least')] : []),
    ...(options.least && options.excess ? [excludes('--least', '--excess')] : []),
    ...(options.least && options.action !== undefined ? [excludes('--least', '--action')] : []),
    ...(options.excess && options.action !== undefined ? [excludes('--excess', '--action')] : []),
    ...(options.as !== undefined && options.managed !== undefined ? [excludes('--as', '--managed')] : []),
    ...(options.as !== undefined && options.policy !== undefined ? [excludes('--as', '--policy')] : []),
    ...(options.defaultBootstrap && !options.excess ? [needs('--default-bootstrap', '--excess')] : []),
  ];
}

function notAnArn(given: string): Mistake {
  return mistake(
    'NOT_AN_ARN',
    { path: '--resource' },
    {
      cause: words(`“${given}” is no ARN.`, `“${given}”{은/는} ARN이 아닙니다.`),
      next: words(
        'for example arn:aws:s3:::bucket/key, or "*" for any',
        '예: arn:aws:s3:::bucket/key. 모든 대상은 "*"',
      ),
    },
  );
}

function phasesOf(phase: 'create' | 'update' | 'delete' | 'all', via: Via): readonly Phase[] | undefined {
  if (phase === 'create') return undefined;
  if (phase === 'all')
    return ['create', 'read', 'update', 'delete', ...(via === 'console' ? (['console'] as const) : [])];
  return [phase, 'read'];
}

function stackAsked(inventory: Inventory, name: unknown): Result<string | null> {
  if (typeof name !== 'string') return success(null);
  if (inventory.stacks.some((stack) => stack.name === name)) return success(name);
  const list = inventory.stacks.map((stack) => stack.name).join(', ');
  return failure([
    mistake(
      'STACK_UNKNOWN',
      { path: '--stack' },
      {
        cause: words(`there is no stack ${name}`, `${name} 스택이 없습니다`),
        next: words(`there are ${list}`, `있는 스택: ${list}`),
      },
    ),
  ]);
}

async function subjectAsked(view: IdentityView, options: Options): Promise<Result<Subject | null>> {
  if (typeof options.as === 'string') return findSubject(view, options.as);
  const managed = typeof options.managed === 'string' ? options.managed.split(',').map((each) => each.trim()) : [];
  const files = Array.isArray(options.policy) ? options.policy.map(String) : [];
  if (managed.length === 0 && files.length === 0) return success(null);
  const documents: { name: string; text: string }[] = [];
  const mistakes: Mistake[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) documents.push({ name: file, text });
    else
      mistakes.push(
        mistake(
          'POLICY_FILE_ABSENT',
          { file },
          {
            cause: words(`${file} cannot be read`, `${file}{을/를} 읽을 수 없습니다`),
            next: words('give the path of a JSON file', 'JSON 파일의 경로를 지정하세요'),
          },
        ),
      );
  }
  const subject = subjectWith(view, { managed, documents });
  if (mistakes.length === 0) return subject;
  return failure([...mistakes, ...(subject.ok ? [] : subject.mistakes)]);
}

/** A role of the template by name; otherwise managed policies, the template's or AWS's, that a role is given. */
function roleAsked(view: IdentityView, names: string): Result<Subject> {
  const role = findSubject(view, names);
  if (role.ok && role.value.principal.kind === 'session') return role;
  const documents: { name: string; text: string }[] = [];
  const managed: string[] = [];
  for (const name of names.split(',').map((each) => each.trim())) {
    const found = view.managedPolicies.find((policy) => policy.name === name);
    if (found?.source.kind === 'document') documents.push({ name, text: JSON.stringify(found.source.document) });
    else managed.push(name);
  }
  const given = subjectWith(view, { managed, documents });
  if (!given.ok) return given;
  const arn = `arn:aws:iam::${view.account}:role/execution`;
  return success({
    ...given.value,
    principal: {
      kind: 'session',
      arn: `arn:aws:sts::${view.account}:assumed-role/execution/AWSCloudFormation`,
      role: arn,
    },
  });
}
