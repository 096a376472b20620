import { describe, expect, test } from 'vitest';
import { triggerOf } from './hup.ts';
import { parseHooks, parseMain } from './hup-configuration.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-hup.html */
describe('cfn-hup', () => {
  test('reads its configuration and hooks, as AWS’s samples write them', () => {
    expect(parseMain('[main]\nstack=arn:aws:cloudformation:x\nregion=ap-northeast-2\ninterval=1\n')).toEqual({
      stack: 'arn:aws:cloudformation:x',
      region: 'ap-northeast-2',
      role: null,
      credentialFile: null,
      minutes: 1,
      verbose: false,
    });
    const hooks = `# a comment
[cfn-auto-reloader-hook]
triggers=post.update, post.add
path=Resources.Web.Metadata.AWS::CloudFormation::Init
action=/opt/aws/bin/cfn-init -v \\
         --stack x
runas=root

[incomplete]
triggers=post.add
`;
    expect(parseHooks(hooks)).toEqual([
      {
        name: 'cfn-auto-reloader-hook',
        triggers: ['post.update', 'post.add'],
        path: 'Resources.Web.Metadata.AWS::CloudFormation::Init',
        action: '/opt/aws/bin/cfn-init -v \\\n--stack x',
        runAs: 'root',
      },
    ]);
  });

  test.each([
    ['[main]\nregion=x\n', /must contain stack/],
    ['[main]\nstack=x\ninterval=0\n', /Invalid interval/],
    ['[main]\nstack=x\ninterval=soon\n', /Invalid interval/],
  ])('refuses %j', (text, said) => {
    expect(parseMain(text)).toMatch(said);
  });

  test.each([
    ['on.command', 'Resources.A.Metadata', /on\.command is not carried out/],
    ['post.update', 'Resources.A', /path Resources\.A is not carried out/],
  ])('refuses %s of %s', (trigger, path, said) => {
    expect(parseHooks(`[h]\ntriggers=${trigger}\npath=${path}\naction=x`)).toEqual([
      { reason: expect.stringMatching(said) },
    ]);
  });

  test.each([
    [null, null, null],
    [null, { a: 1 }, 'post.add'],
    [{ a: 1 }, { a: 1 }, null],
    [{ a: 1 }, { a: 2 }, 'post.update'],
    [{ a: 1 }, null, 'post.remove'],
  ])('%j, then %j: %s', (before, now, trigger) => {
    expect(triggerOf(before, now)).toBe(trigger);
  });
});
