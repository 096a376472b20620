import { readParameter, type StatedParameter } from '../families/parameter/parameter.ts';
import { nameInArn, passwordRecipe, type SecretContent, secretContent } from '../families/secret/secret.ts';
import { type Inventory, ofType, type Resource, type ResourceKey } from '../inventory.ts';
import { attribute, flag, object, text } from '../property.ts';

/** What the template says of secrets and parameters. Generated values are not in it: they are made where the region runs and stay there. */
export interface SecretsView {
  readonly secrets: readonly Secret[];
  readonly parameters: readonly Parameter[];
}

export interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly description: string | null;
  /** `null` for a secret that RDS made for its master user. */
  readonly statedBy: ResourceKey | null;
  readonly kmsKey: string | null;
  readonly content: SecretContent;
  /** What `SecretTargetAttachment` adds to the secret's JSON: engine, host, port, dbname and so on. */
  readonly attached: Readonly<Record<string, string | number>>;
}

export interface Parameter extends StatedParameter {
  readonly name: string;
  readonly arn: string;
  readonly statedBy: ResourceKey;
}

export function secretsView(inventory: Inventory): SecretsView {
  const attachments = ofType(inventory, 'AWS::SecretsManager::SecretTargetAttachment');
  return {
    secrets: [
      ...ofType(inventory, 'AWS::SecretsManager::Secret').map((resource) => stated(inventory, resource, attachments)),
      ...ofType(inventory, 'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster').flatMap(managed),
    ],
    parameters: ofType(inventory, 'AWS::SSM::Parameter').map((resource) => {
      const name = text(resource.properties, 'Name') ?? resource.physicalId;
      return {
        name,
        arn: `arn:aws:ssm:${inventory.region}:${inventory.account}:parameter${name.startsWith('/') ? '' : '/'}${name}`,
        statedBy: resource.key,
        ...readParameter(resource.properties),
      };
    }),
  };
}

function stated(inventory: Inventory, resource: Resource, attachments: readonly Resource[]): Secret {
  const { properties, physicalId: arn } = resource;
  const attachment = attachments.find((each) => {
    const named = text(each.properties, 'SecretId');
    return named !== undefined && (named === arn || named === text(properties, 'Name'));
  });
  return {
    arn,
    name: text(properties, 'Name') ?? nameInArn(arn),
    description: text(properties, 'Description') ?? null,
    statedBy: resource.key,
    kmsKey: text(properties, 'KmsKeyId') ?? null,
    content: secretContent(properties),
    attached: attachment ? attachedFields(inventory, attachment) : {},
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secrettargetattachment.html */
function attachedFields(inventory: Inventory, attachment: Resource): Record<string, string | number> {
  const target = text(attachment.properties, 'TargetId');
  const database = ofType(inventory, 'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster').find(
    (each) => each.physicalId === target,
  );
  if (!database) return {};
  const name = text(database.properties, 'DBName') ?? text(database.properties, 'DatabaseName');
  const port = attribute(database, 'Endpoint.Port');
  const host = attribute(database, 'Endpoint.Address');
  const isCluster = database.type === 'AWS::RDS::DBCluster';
  return {
    ...(name === undefined ? {} : { dbname: name }),
    [isCluster ? 'dbClusterIdentifier' : 'dbInstanceIdentifier']: database.physicalId,
    engine: (text(database.properties, 'Engine') ?? '')
      .toLowerCase()
      .replace(/^aurora-(mysql|postgresql)$/, (_, kind) => (kind === 'postgresql' ? 'postgres' : kind)),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port: Number(port) }),
  };
}

/** `ManageMasterUserPassword`: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html */
function managed(database: Resource): Secret[] {
  if (!flag(database.properties, 'ManageMasterUserPassword')) return [];
  const arn =
    attribute(database, 'MasterUserSecret.SecretArn') ??
    text(object(database.attributes, 'MasterUserSecret'), 'SecretArn');
  if (arn === undefined) return [];
  return [
    {
      arn,
      name: nameInArn(arn),
      description: `The secret associated with the primary RDS DB instance: ${database.physicalId}`,
      statedBy: null,
      kmsKey: text(object(database.properties, 'MasterUserSecret'), 'KmsKeyId') ?? null,
      content: {
        kind: 'generated',
        recipe: { ...passwordRecipe({}), length: 28, excludeCharacters: '/@"\' \\' },
        within: { template: { username: text(database.properties, 'MasterUsername') ?? 'admin' }, key: 'password' },
      },
      attached: {},
    },
  ];
}
