import { readFileSync } from 'node:fs';

/** What RDS offers by engine, in any region, on a day: `npm run constraints` writes it anew. */
interface Offers {
  readonly source: string;
  readonly date: string;
  readonly versions: Readonly<Record<string, readonly string[]>>;
  readonly classes: Readonly<Record<string, readonly string[]>>;
}

let offers: Offers | undefined;

export function databaseOffers(): Offers {
  offers ??= JSON.parse(readFileSync(new URL('../../../data/offers/database.json', import.meta.url), 'utf8')) as Offers;
  return offers;
}

/** Minor versions that RDS may have added since: four a year. */
const mayBeNewer = 8;

/**
 * Whether a full version such as `16.4` or `8.0.42` was ever offered, or may have been added since; `true` for a version that is written in
 * another way, of which nothing is known.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 */
export function isOffered(engine: string, version: string): boolean {
  const listed = databaseOffers().versions[engine];
  const parts = (engine === 'mysql' || engine === 'mariadb' ? /^(\d+\.\d+)\.(\d+)$/ : /^(\d+)\.(\d+)$/).exec(version);
  if (!listed || !parts || !/^(mysql|mariadb|postgres|aurora-postgresql)$/.test(engine)) return true;
  if (listed.some((each) => each === version || each.startsWith(`${version}.`))) return true;
  const [, major, minor] = parts;
  const minors = listed.flatMap((each) =>
    each.startsWith(`${major}.`) ? Number.parseInt(each.slice(major!.length + 1), 10) : [],
  );
  const newest = Math.max(...minors.filter(Number.isFinite));
  return minors.length === 0 || (Number(minor) > newest && Number(minor) <= newest + mayBeNewer);
}

/** Whether a class that RDS offers for other engines is offered for none of this one; a class that nobody lists may be newer. */
export function isOfOtherEngine(engine: string, size: string): boolean {
  const { classes } = databaseOffers();
  const own = classes[engine];
  return own !== undefined && !own.includes(size) && Object.values(classes).some((list) => list.includes(size));
}
