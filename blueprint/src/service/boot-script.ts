import { readFileSync } from 'node:fs';
import { Fn } from 'aws-cdk-lib';

/**
 * User data: a script of `blueprint/boot/`, as it stands there, below lines that set its variables. Values may be CloudFormation
 * references; they are put between single quotes, so none may hold one.
 */
export function bootScript(name: 'web' | 'application', variables: Readonly<Record<string, string>>): string {
  const script = readFileSync(new URL(`../../boot/${name}.sh`, import.meta.url), 'utf8');
  const lines = Object.entries(variables).map(([variable, value]) => `${variable}='${value}'`);
  return Fn.base64(['#!/bin/bash', ...lines, '', script].join('\n'));
}
