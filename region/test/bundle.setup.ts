import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The programs of instances as the package's own build makes them, once before all tests: those that run side by side lay them down from there. */
export function setup(): void {
  execFileSync('npm', ['run', 'bundle', '--silent'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'pipe',
  });
}
