import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { rulesPage } from '../src/controls/rules-page.ts';

/** Writes docs/rules.md and docs/rules.ko.md: `npm run rules-page -w lenses`, after a rule or control has changed. */
const folder = new URL('../docs/', pathToFileURL(`${process.cwd()}/`));
writeFileSync(new URL('rules.md', folder), rulesPage('en'));
writeFileSync(new URL('rules.ko.md', folder), rulesPage('ko'));
