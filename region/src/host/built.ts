import { fileURLToPath } from 'node:url';

/**
 * The built script of a module's neighbour, for starting it in a process of its own. A test imports the sources; what it starts is
 * still the build, since Node runs no TypeScript.
 *
 * @param from `import.meta.url` of the one who starts it
 * @param neighbour for example `./probe-process.js`
 */
export function builtScript(from: string, neighbour: string): string {
  return fileURLToPath(new URL(neighbour, from.replace('/region/src/', '/region/dist/')));
}
