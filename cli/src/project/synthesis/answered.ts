import { zonesOf } from '@terrace/cloud/allocate/zones';
import { type MissingContext, readMissing } from '@terrace/cloud/assembly/missing';
import type { Inventory } from '@terrace/cloud/inventory';
import type { Json, JsonObject } from '@terrace/cloud/json';
import { answerLookup } from '@terrace/cloud/lookups/answer';
import { failure, type Mistake, mistake, type Result, success } from '@terrace/cloud/mistake';
import type { Standing } from '@terrace/cloud/outside/standing';
import { nameOf } from '@terrace/cloud/property';
import { type Words, words } from '@terrace/cloud/words';
import { type Synthesis, synthesize } from './synthesize.ts';

export interface AnsweredAssembly {
  /** The folder of the assembly. */
  readonly folder: string;
  /** Every value that the app was given. */
  readonly context: JsonObject;
  readonly standIns: readonly StandIn[];
}

/** What nothing here describes, and the value that the app was given in its place. */
export interface StandIn {
  readonly thing: Words;
  readonly value: Json;
}

interface Sources {
  /** What stands in the region, if one runs. */
  readonly present?: Inventory;
  readonly parameters: Readonly<Record<string, string>>;
  /** What the project imported. */
  readonly standing: readonly Standing[];
  /** The inventory of an assembly, for what its own templates answer. */
  readonly load: (folder: string) => Promise<Result<Inventory>>;
}

/** An app asks for more once it knows the first answers, but not endlessly. */
const mostRuns = 10;

/**
 * Synthesizes an app, answers the context that its manifest says is missing, and synthesizes it again until nothing is missing, as CDK's command
 * line does; the answers are the region's instead of AWS's, and `cdk.context.json` is never written.
 *
 * Mistakes: those of `synthesize`, `LOOKUP_NOT_ANSWERED`.
 *
 * https://docs.aws.amazon.com/cdk/v2/guide/context.html
 */
export async function synthesizeAnswered(
  command: string,
  synthesis: Synthesis,
  sources: Sources,
): Promise<Result<AnsweredAssembly>> {
  let context: JsonObject = { ...zonesAsked(synthesis), ...synthesis.context };
  const standIns: StandIn[] = [];
  for (let run = 1; ; run++) {
    const assembly = await synthesize(command, { ...synthesis, context });
    if (!assembly.ok) return assembly;
    const missing = await readMissing(assembly.value);
    if (missing.length === 0) return success({ folder: assembly.value, context, standIns });
    const repeated = missing.filter(({ key }) => Object.hasOwn(context, key));
    if (repeated.length > 0 || run === mostRuns) return failure(missing.map((each) => notAnswered(each, notTaken)));
    const { values, wrong } = await answers(missing, assembly.value, sources, standIns);
    if (wrong.length > 0) return failure(wrong);
    context = { ...context, ...values };
  }
}

async function answers(
  missing: readonly MissingContext[],
  folder: string,
  { present, parameters, standing, load }: Sources,
  standIns: StandIn[],
): Promise<{ readonly values: JsonObject; readonly wrong: readonly Mistake[] }> {
  const own = await load(folder);
  const from = { inventories: [...(present ? [present] : []), ...(own.ok ? [own.value] : [])], parameters, standing };
  const values: Record<string, Json> = {};
  const wrong: Mistake[] = [];
  for (const each of missing) {
    const answer = answerLookup(each, from);
    if (answer.kind === 'none') wrong.push(notAnswered(each, answer.why));
    else values[each.key] = answer.value;
    if (answer.kind === 'stand-in') standIns.push({ thing: answer.thing, value: answer.value });
  }
  return { values, wrong };
}

/** Every stack with an environment asks for its zones: the answer beforehand spares most apps a second run. */
function zonesAsked({ account, region }: Synthesis): JsonObject {
  return { [`availability-zones:account=${account}:region=${region}`]: zonesOf(region) };
}

const notTaken = words('The app asks for it again although it was given.', '값을 주었는데도 앱이 다시 조회합니다.');

function notAnswered({ key }: MissingContext, why: Words): Mistake {
  return mistake(
    'LOOKUP_NOT_ANSWERED',
    { path: key },
    {
      cause: words(`The app looks this up in AWS. ${why.en}`, `앱이 AWS에서 조회하는 값입니다. ${why.ko}`),
      next: words(
        `Give AWS's answer in cdk.context.json (cdk synth with credentials writes it), or one of your own in terrace.json under context, by the key ${key}.`,
        `AWS의 응답을 cdk.context.json에 두거나(자격 증명과 함께 cdk synth를 실행하면 기록됩니다) 직접 정한 값을 terrace.json의 context에 키 ${key}{으로/로} 적으세요.`,
      ),
    },
  );
}

/** The remark on a stand-in, with the resources whose properties hold one of its identifiers. */
export function standInRemark({ thing, value }: StandIn, inventory: Inventory): Words {
  const identifiers = identifiersIn(value);
  const holds = (part: unknown) => {
    const text = JSON.stringify(part) ?? '';
    return identifiers.some((each) => text.includes(each));
  };
  const outputs = inventory.stacks.flatMap((stack) => stack.outputs.filter((each) => holds(each.value)));
  const leaning = [
    ...inventory.resources.filter(({ properties }) => holds(properties)).map(nameOf),
    ...outputs.map(({ name }) => `output ${name}`),
  ];
  const shown = leaning.slice(0, 5).join(', ');
  const more = leaning.length - 5;
  const en = leaning.length === 0 ? 'Nothing leans on it' : `On it lean ${shown}${more > 0 ? ` and ${more} more` : ''}`;
  const ko =
    leaning.length === 0
      ? '이 값에 의존하는 리소스는 없습니다'
      : `이 값에 의존하는 리소스: ${shown}${more > 0 ? ` 외 ${more}개` : ''}`;
  return words(
    `${thing.en} is a stand-in: nothing here describes it. ${en}. AWS's own answer goes into cdk.context.json.`,
    `${thing.ko}{은/는} 임시 값입니다. 여기에 그것을 설명하는 자료가 없습니다. ${ko}. AWS의 실제 응답은 cdk.context.json에 둡니다.`,
  );
}

function identifiersIn(value: Json): string[] {
  if (typeof value === 'string') return [value.replace('/hostedzone/', '')];
  const within = value !== null && typeof value === 'object' ? Object.values(value).flatMap(identifiersIn) : [];
  return within.filter((each) =>
    /^(arn:|[a-z]+-[0-9a-f]{8,}|Z[A-Z0-9]{8,}$|[0-9a-f-]{36}$)|\.amazonaws\.com$/.test(each),
  );
}
