import { execFile as execFileWithCallback } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a program to its end; rejects with what it said where that was not 0. */
export const execFile = promisify(execFileWithCallback);
