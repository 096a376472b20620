import { mkdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { typesPage } from '../src/validate/types-page.ts';

/** Writes docs/types.md and docs/types.ko.md: `npm run types-page -w cloud`, after the table of what is real has changed. */
const folder = new URL('../docs/', pathToFileURL(`${process.cwd()}/`));
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('types.md', folder), typesPage('en'));
writeFileSync(new URL('types.ko.md', folder), typesPage('ko'));
