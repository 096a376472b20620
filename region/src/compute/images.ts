import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What instances are launched from besides the region's base: layers that were instances' own, uppermost first. */
export interface Image {
  /** `ami-…` */
  readonly id: string;
  /** Folders that hold `rest` and `usr`. */
  readonly layers: readonly string[];
}

/** An image without a layer: Amazon Linux as the region's base has it. */
export const plainImage: Image = { id: 'ami-plain', layers: [] };

/**
 * Keeps what a stopped instance wrote as a layer. `disk` must not be in use. The copy keeps owners, whiteouts and
 * attributes, follows no link, and is there whole or not at all.
 */
export async function keepLayer(disk: string, folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await copy([join(disk, 'rest'), join(disk, 'usr')], unfinished);
  if (existsSync(folder)) await rm(folder, { recursive: true });
  await rename(unfinished, folder);
}

function copy(from: readonly string[], to: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('cp', ['--archive', ...from, to], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`copying an instance's layer: ${said}`))));
  });
}
