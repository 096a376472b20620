import type { Question } from '../guest.ts';
import { dnf, type PackageSource } from './dnf.ts';

/** Topics of Amazon Linux 2's extras, and the package that installing one brings. https://docs.aws.amazon.com/linux/al2/ug/al2-extras.html */
const topics: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^nginx1(\.\d+)?$/, ['nginx']],
  [/^php[78]\.\d$/, ['php-cli', 'php-pdo', 'php-fpm', 'php-json', 'php-mysqlnd']],
  [/^lamp-mariadb10\.2-php7\.2$/, ['mariadb', 'php-cli', 'php-pdo', 'php-fpm', 'php-json', 'php-mysqlnd']],
  [/^mariadb10\.5$/, ['mariadb']],
  [/^postgresql(\d+)$/, ['postgresql14']],
  [/^memcached1\.5$/, ['memcached']],
  [/^haproxy2$/, ['haproxy']],
  [/^httpd_modules$/, ['httpd']],
  [/^java-openjdk11$/, ['java-11-openjdk']],
];

/** `amazon-linux-extras` inside an instance of Amazon Linux 2: `install` and `enable` of its topics; the packages come by yum. */
export async function extras(
  source: PackageSource,
  question: Pick<Question, 'name' | 'words' | 'uid' | 'say'>,
): Promise<number> {
  const [verb = '', ...asked] = question.words.filter((word) => !/^(-y|--assumeyes)$/.test(word));
  const refuse = (text: string) => {
    question.say('err', `${question.name}: ${text}\n`);
    return 1;
  };
  if (
    verb === 'list' ||
    verb === 'info' ||
    (verb === 'enable' && asked.every((name) => packagesOf(name) !== undefined))
  )
    return 0;
  if (verb !== 'install') return refuse(`'${[verb, ...asked].join(' ')}' is not carried out in a rehearsal`);
  const packages = asked.flatMap((topic) => packagesOf(topic.split('=')[0] ?? '') ?? [topic]);
  return dnf(source, { ...question, words: ['install', '-y', ...packages] });
}

function packagesOf(topic: string): readonly string[] | undefined {
  return topics.find(([pattern]) => pattern.test(topic))?.[1];
}
