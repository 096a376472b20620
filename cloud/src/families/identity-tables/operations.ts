import { generatedName, uuid } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

/** Alarms, topics, queues, logs, budgets, functions and events. */
export const operations: Readonly<Record<string, Identify>> = {
  'AWS::CloudWatch::Dashboard': (draft) => ({
    physicalId: textOf(draft, 'DashboardName') ?? generatedName(draft.subject, 255),
    attributes: {},
  }),
  'AWS::SNS::Topic': (draft) => {
    const fifo = String(draft.properties.FifoTopic) === 'true' ? '.fifo' : '';
    const name = textOf(draft, 'TopicName') ?? `${generatedName(draft.subject, 256 - fifo.length)}${fifo}`;
    const topic = arn(draft, 'sns', name);
    return { physicalId: topic, attributes: { TopicArn: topic, TopicName: name } };
  },
  'AWS::SNS::Subscription': (draft) => {
    const subscription = `${textOf(draft, 'TopicArn') ?? ''}:${uuid(draft.subject, 'subscription')}`;
    return { physicalId: subscription, attributes: { Arn: subscription } };
  },
  'AWS::SNS::TopicPolicy': (draft) => ({
    physicalId: generatedName(draft.subject),
    attributes: { Id: generatedName(draft.subject) },
  }),
  'AWS::Logs::LogGroup': (draft) => {
    const name = textOf(draft, 'LogGroupName') ?? generatedName(draft.subject, 512);
    return { physicalId: name, attributes: { Arn: arn(draft, 'logs', `log-group:${name}:*`) } };
  },
  'AWS::Logs::LogStream': (draft) => ({
    physicalId: textOf(draft, 'LogStreamName') ?? generatedName(draft.subject, 512),
    attributes: {},
  }),
  'AWS::Budgets::Budget': (draft) => {
    const budget = draft.properties.Budget as { BudgetName?: string } | undefined;
    return { physicalId: budget?.BudgetName ?? generatedName(draft.subject, 100), attributes: {} };
  },
  'AWS::Budgets::BudgetsAction': (draft) => {
    const id = uuid(draft.subject, 'action');
    return { physicalId: `${id}|${textOf(draft, 'BudgetName') ?? ''}`, attributes: { ActionId: id } };
  },
  'AWS::Lambda::Function': (draft) => {
    const name = textOf(draft, 'FunctionName') ?? generatedName(draft.subject, 64);
    return { physicalId: name, attributes: { Arn: arn(draft, 'lambda', `function:${name}`) } };
  },
  'AWS::Lambda::Permission': (draft) => ({
    physicalId: generatedName(draft.subject, 100),
    attributes: { Id: generatedName(draft.subject, 100) },
  }),
  'AWS::Lambda::LayerVersion': (draft) => {
    const layer = arn(draft, 'lambda', `layer:${textOf(draft, 'LayerName') ?? draft.subject.logicalId}:1`);
    return { physicalId: layer, attributes: { LayerVersionArn: layer } };
  },
  'AWS::Lambda::Version': (draft) => {
    const version = `${arn(draft, 'lambda', `function:${(textOf(draft, 'FunctionName') ?? '').split(':function:').pop()}`)}:1`;
    return { physicalId: version, attributes: { FunctionArn: version, Version: '1' } };
  },
  'AWS::Lambda::Alias': (draft) => {
    const name = (textOf(draft, 'FunctionName') ?? '').split(':function:').pop();
    const alias = arn(draft, 'lambda', `function:${name}:${textOf(draft, 'Name') ?? ''}`);
    return { physicalId: alias, attributes: { AliasArn: alias } };
  },
  'AWS::Events::Rule': (draft) => {
    const name = textOf(draft, 'Name') ?? generatedName(draft.subject, 64);
    return { physicalId: name, attributes: { Arn: arn(draft, 'events', `rule/${name}`) } };
  },
  'AWS::Scheduler::Schedule': (draft) => {
    const name = textOf(draft, 'Name') ?? generatedName(draft.subject, 64);
    return {
      physicalId: name,
      attributes: { Arn: arn(draft, 'scheduler', `schedule/${textOf(draft, 'GroupName') ?? 'default'}/${name}`) },
    };
  },
};
