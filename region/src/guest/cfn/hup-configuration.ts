/** `cfn-hup.conf`. */
export interface HupConfiguration {
  readonly stack: string;
  readonly region: string | null;
  readonly role: string | null;
  readonly credentialFile: string | null;
  readonly minutes: number;
  readonly verbose: boolean;
}

/** A section of `hooks.conf` or of a file of `hooks.d`. */
export interface HupHook {
  readonly name: string;
  readonly triggers: readonly string[];
  readonly path: string;
  readonly action: string;
  readonly runAs: string | null;
}

/** The reason is text where the file is not right. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-hup.html */
export function parseMain(text: string): HupConfiguration | string {
  const main = sectionsOf(text).get('main') ?? new Map<string, string>();
  const stack = main.get('stack');
  if (stack === undefined) return '[main] section must contain stack option';
  const interval = main.get('interval') ?? '15';
  const minutes = Number(interval);
  if (!Number.isInteger(minutes) || minutes < 1) return `Invalid interval (must be 1 minute or greater): ${interval}`;
  return {
    stack,
    region: main.get('region') ?? null,
    role: main.get('role') ?? null,
    credentialFile: main.get('credential-file') ?? null,
    minutes,
    verbose: main.get('verbose')?.toLowerCase() === 'true',
  };
}

/** A section without triggers, path or action is none; one that is not carried out here has a reason. */
export function parseHooks(text: string): (HupHook | { readonly reason: string })[] {
  return [...sectionsOf(text)].flatMap(([name, options]): (HupHook | { readonly reason: string })[] => {
    const [triggers, path, action] = [options.get('triggers'), options.get('path'), options.get('action')];
    if (triggers === undefined || path === undefined || action === undefined) return [];
    const named = triggers.split(',').map((each) => each.trim());
    if (named.includes('on.command'))
      return [{ reason: `${name}: the trigger on.command is not carried out in a rehearsal` }];
    if (!/^Resources\.[^.]+\.(Metadata|PhysicalResourceId)(\.|$)/i.test(path))
      return [
        { reason: `${name}: the path ${path} is not carried out in a rehearsal: Metadata and PhysicalResourceId are` },
      ];
    return [{ name, triggers: named, path, action, runAs: options.get('runas') ?? null }];
  });
}

/** As Python's `ConfigParser` reads it: names in any case, values over several lines by indentation. */
function sectionsOf(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let last: string | undefined;
  for (const line of text.split('\n')) {
    if (/^\s*([#;].*)?$/.test(line)) continue;
    const head = /^\[([^\]]+)\]\s*$/.exec(line)?.[1];
    if (head !== undefined) {
      section = sections.get(head) ?? new Map<string, string>();
      sections.set(head, section);
      last = undefined;
      continue;
    }
    const more = /^\s+(.*\S)\s*$/.exec(line)?.[1];
    if (more !== undefined && section && last !== undefined) {
      section.set(last, `${section.get(last)}\n${more}`);
      continue;
    }
    const [, name, value = ''] = /^([^=:\s][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || !section) continue;
    last = name.toLowerCase();
    section.set(last, value);
  }
  return sections;
}
