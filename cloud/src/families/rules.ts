import type { Rule } from './contract/rule.ts';
import { rules as database } from './database/rules.ts';
import { rules as loadBalancer } from './load-balancer/rules.ts';
import { rules as targetGroup } from './target-group/rules.ts';

/** What AWS refuses, one line a family. Whoever adds rules to a family adds its line here. */
export const rules: readonly Rule[] = [...database, ...loadBalancer, ...targetGroup];
