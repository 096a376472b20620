import type { Mistake } from '../mistake.ts';
import type { Language } from '../words.ts';

/**
 * Findings as SARIF 2.1.0, which code hosts show beside the lines they concern.
 *
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function toSarif(mistakes: readonly Mistake[], warnings: readonly Mistake[], language: Language) {
  const codes = [...new Set([...mistakes, ...warnings].map((each) => each.code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'terrace', rules: codes.map((id) => ({ id, name: pascal(id) })) } },
        columnKind: 'utf16CodeUnits',
        results: [
          ...mistakes.map((each) => result(each, 'error', codes, language)),
          ...warnings.map((each) => result(each, 'warning', codes, language)),
        ],
      },
    ],
  };
}

function result({ code, place, cause, next }: Mistake, level: string, codes: readonly string[], language: Language) {
  const logical = [place.logicalId, place.path].filter(Boolean).join('.');
  const region = place.line === undefined ? {} : { region: { startLine: place.line, startColumn: place.column ?? 1 } };
  const physical =
    place.file === undefined
      ? {}
      : { physicalLocation: { artifactLocation: { uri: place.file.replaceAll('\\', '/') }, ...region } };
  const location = { ...physical, ...(logical ? { logicalLocations: [{ fullyQualifiedName: logical }] } : {}) };
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level,
    message: { text: `${cause[language]} ${next[language]}` },
    ...(Object.keys(location).length > 0 ? { locations: [location] } : {}),
  };
}

/** `SUBNET_OUTSIDE_VPC` as `SubnetOutsideVpc`. */
function pascal(code: string): string {
  return code.toLowerCase().replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
