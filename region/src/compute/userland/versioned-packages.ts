import { type Package, watched } from './laid/package.ts';
import { php, phpModule } from './laid/php.ts';

/** The package of a name that carries a version; `undefined` where none fits. */
export function findVersioned(name: string): Package | undefined {
  for (const [pattern, make] of versioned) {
    const match = pattern.exec(name);
    if (match) return make(match[1] ?? '', match[2] ?? '');
  }
  return undefined;
}

const ofMachine = (name: string) => (version: string) => ({
  program: name,
  ...(version === '' ? {} : { differs: `${name} is this machine's, whatever version the name says` }),
});

const phpModules: Readonly<Record<string, string>> = {
  mysqlnd: 'php-mysql',
  pdo: 'php-mysql',
  pgsql: 'php-pgsql',
  gd: 'php-gd',
  mbstring: 'php-mbstring',
  xml: 'php-xml',
  intl: 'php-intl',
  zip: 'php-zip',
  bcmath: 'php-bcmath',
  soap: 'php-soap',
};

const versioned: readonly (readonly [RegExp, (version: string, part: string) => Package | undefined])[] = [
  [/^nodejs(\d*)$/, ofMachine('node')],
  [/^nodejs(\d*)-npm$/, () => ({ program: null, debian: ['npm'], script: watched(['npm']) })],
  [/^python3(\.\d+)?$/, ofMachine('python3')],
  [/^python3(\.\d+)?-pip$/, () => ({ program: null, debian: ['python3-pip'], script: watched(['pip', 'pip3']) })],
  [/^java-(\d+)-(?:amazon-corretto|openjdk)(-headless|-devel)?$/, java],
  [/^postgresql(\d*)$/, postgresqlClient],
  [/^mariadb(\d+)$/, () => ({ program: null, debian: ['mariadb-client'] })],
  [/^tomcat(\d+)$/, ofMachine('catalina')],
  [/^php8\.(\d)(-cli|-fpm|-common|-opcache|-process)?$/, () => php],
  [/^php8\.(\d)-(\w+)$/, (_, part) => (phpModules[part] === undefined ? undefined : phpModule(phpModules[part]))],
];

function java(version: string, part: string): Package {
  const kind = part === '-headless' ? 'jre' : 'jdk';
  return {
    program: null,
    debian: [`openjdk-${version}-${kind}-headless`, `openjdk-${version}-jre-headless`],
    keeps: [`/etc/java-${version}-openjdk`],
    script: `for program in /usr/lib/jvm/java-${version}-openjdk-*/bin/*; do ln -sf "$program" /usr/bin/; done`,
    differs: `OpenJDK ${version} of Debian stands for Amazon Corretto ${version}`,
  };
}

function postgresqlClient(): Package {
  return {
    program: null,
    debian: ['postgresql-client'],
    script: 'for program in /usr/lib/postgresql/*/bin/*; do ln -sf "$program" /usr/bin/; done',
    differs: "PostgreSQL's client is Debian's, whatever version the name says",
  };
}
