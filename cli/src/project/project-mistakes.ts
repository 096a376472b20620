import type { MissingContext } from '@terrace/cloud/assembly/missing';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { type Words, words } from '@terrace/cloud/words';

export function accountAssumed(account: string): Words {
  return words(
    `The app reads its account from the environment; ${account} stands in for it. Set "account" in terrace.json to yours.`,
    `앱이 계정을 환경에서 읽으므로 임시로 ${account}{을/를} 씁니다. terrace.json의 "account"에 실제 계정을 적으세요.`,
  );
}

export function leftMissing({ key }: MissingContext): Words {
  return words(
    `This assembly was synthesized without an answer to ${key}: CDK's dummy value is in its templates. Synthesize the app again, or give Terrace the app's command.`,
    `이 어셈블리는 ${key}의 응답 없이 합성되어 템플릿에 CDK의 더미 값이 들어 있습니다. 앱을 다시 합성하거나 Terrace에 앱의 명령을 지정하세요.`,
  );
}

export function notAPair(option: string, given: string): Mistake {
  return mistake(
    'WRONG_OPTION',
    {},
    {
      cause: words(
        `${option} was given "${given}", which has no equals sign.`,
        `${option}에 등호가 없는 "${given}"{이/가} 주어졌습니다.`,
      ),
      next: words(`Write ${option} NAME=VALUE.`, `${option} 이름=값 형식으로 쓰세요.`),
    },
  );
}

export function bothGiven(): Mistake {
  return mistake(
    'WRONG_OPTION',
    {},
    {
      cause: words('--template and --app were both given.', '--template과 --app이 함께 주어졌습니다.'),
      next: words('Give one of them.', '둘 중 하나만 지정하세요.'),
    },
  );
}

export function noRegion(given: string): Mistake {
  return mistake(
    'WRONG_OPTION',
    {},
    {
      cause: words(
        `--region was given "${given}", which is no AWS region.`,
        `--region에 주어진 "${given}"{은/는} AWS 리전이 아닙니다.`,
      ),
      next: words('Write it as AWS does, for example ap-northeast-2.', 'AWS의 표기대로 쓰세요. 예: ap-northeast-2.'),
    },
  );
}

export function regionStated(asked: string, stated: readonly string[]): Mistake {
  const list = stated.join(', ');
  return mistake(
    'REGION_STATED',
    { path: '--region' },
    {
      cause: words(
        `--region was given ${asked}, and the app states ${list} for its stacks.`,
        `--region에 ${asked}{이/가} 주어졌지만 앱이 스택의 리전을 ${list}{으로/로} 정해 두었습니다.`,
      ),
      next: words(
        `leave --region out, or change the env of the stacks; what it costs elsewhere says terrace cost --in ${asked}`,
        `--region을 빼거나 스택의 env를 바꾸세요. 다른 리전의 비용은 terrace cost --in ${asked}{으로/로} 볼 수 있습니다`,
      ),
    },
  );
}

export function allocationsUnreadable(file: string): Mistake {
  return mistake(
    'ALLOCATIONS_UNREADABLE',
    { file },
    {
      cause: words(
        'The record of the addresses and identifiers that were given out is damaged.',
        '배정한 주소와 식별자를 기록한 파일이 손상되었습니다.',
      ),
      next: words(
        `remove it (rm ${file}); addresses may then be given out anew`,
        `파일을 지우세요(rm ${file}). 주소가 새로 배정될 수 있습니다`,
      ),
    },
  );
}

export function nothingToLoad(directory: string): Mistake {
  return mistake(
    'NO_PROJECT',
    { file: directory },
    {
      cause: words(
        'There is no terrace.json or cdk.json here that names an app or a template.',
        '이 폴더에는 앱이나 템플릿을 지정한 terrace.json 또는 cdk.json이 없습니다.',
      ),
      next: words(
        'Give --template FILE or --app COMMAND, or go to the folder of the project.',
        '--template 파일 또는 --app 명령을 지정하거나 프로젝트 폴더로 이동하세요.',
      ),
    },
  );
}
