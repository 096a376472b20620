import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The built script of a module's neighbour, for starting it in a process of its own. A test imports the sources; what it starts is
 * still the build, since Node runs no TypeScript.
 *
 * @param from `import.meta.url` of the one who starts it
 * @param neighbour for example `./probe-process.js`
 */
export function builtScript(from: string, neighbour: string): string {
  const built = new URL(neighbour, from.replace('/region/src/', '/region/dist/'));
  return fileURLToPath(packedOrBuilt(built, buildsOf('cloud', 'region')));
}

/**
 * Of a built module the packed one, where there is one and nothing that it is made of was built since.
 *
 * @param builds files that a build writes last
 */
export function packedOrBuilt(built: URL, builds: readonly URL[]): URL {
  const packed = new URL(built.href.replace(/\/dist\/(?!.*\/dist\/)/, '/dist/packed/'));
  const made = timeOf(packed);
  return made > 0 && builds.every((build) => timeOf(build) <= made) ? packed : built;
}

/** What the compiler writes when it has built these workspaces. */
export function buildsOf(...workspaces: readonly string[]): URL[] {
  return workspaces.map((name) => new URL(`../../../${name}/dist/.tsbuildinfo`, import.meta.url));
}

/** When a file was last written, in milliseconds; 0 where there is none. */
function timeOf(file: URL): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
