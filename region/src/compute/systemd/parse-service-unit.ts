import { expandSpecifiers } from './command-line.ts';
import { notCarriedOut, type ServiceDraft, settings, silent } from './service-settings.ts';
import { emptyServiceUnit, type ServiceUnit } from './service-unit.ts';
import { parseUnitFile } from './unit-file.ts';

/**
 * A unit from the text of its file and its drop-ins, in that order. Throws an `Error` with the line that systemd, too, would
 * refuse the unit for.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
 */
export function parseServiceUnit(name: string, texts: readonly string[]): ServiceUnit {
  const unit: ServiceDraft = { ...emptyServiceUnit(name), remarks: [] };
  const remark = (text: string) => {
    unit.remarks = [...unit.remarks, `${name}: ${text}`];
  };
  const specifiers = (text: string) => expandSpecifiers(text, name);
  let typeStated = false;
  for (const file of texts.map(parseUnitFile)) {
    for (const each of file.remarks) remark(each);
    for (const { section, key, value, line } of file.assignments) {
      if (section.startsWith('X-') || key.startsWith('X-')) continue;
      const setting = settings[section]?.[key];
      if (key === 'Type') typeStated = true;
      if (setting) {
        try {
          setting(unit, value, { specifiers });
        } catch (error) {
          throw new Error(`line ${line}: ${key}=${value}: ${(error as Error).message}`);
        }
      } else if (silent.has(key)) continue;
      else if (notCarriedOut.has(key)) remark(`line ${line}: ${key}= is not carried out in a rehearsal`);
      else remark(`line ${line}: unknown key '${key}' in section [${section}], ignored`);
    }
  }
  if (!typeStated && unit.start.length === 0) unit.type = 'oneshot';
  if (unit.start.length === 0 && !(unit.type === 'oneshot' && unit.remainAfterExit) && unit.stop.length === 0)
    throw new Error('Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.');
  if (unit.start.length > 1 && unit.type !== 'oneshot')
    throw new Error(
      'Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.',
    );
  if (unit.type === 'oneshot' && (unit.restart === 'always' || unit.restart === 'on-success'))
    throw new Error(`Service has Restart=${unit.restart}, which is not allowed for Type=oneshot services. Refusing.`);
  if (unit.type === 'oneshot' && unit.startTimeout === 90_000) unit.startTimeout = Number.POSITIVE_INFINITY;
  return unit;
}
