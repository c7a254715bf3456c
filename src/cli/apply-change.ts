import { isScalar } from 'yaml';
import { ConfigError } from '../config/config-error.ts';
import { parseConfig } from '../config/document.ts';
import { editConfig } from '../config/edit.ts';
import { yamlPath } from '../config/path.ts';
import { writtenIn } from '../config/reading.ts';
import type { Change } from '../model/config.ts';
import type { Report } from '../model/report.ts';
import type { Text } from '../model/text.ts';

/**
 * The proven changes of a report as one. Where two of them want different values for one setting, the more important
 * diagnosis is followed; the run after it shows what is left.
 */
export const provenChange = ({ diagnoses }: Report): readonly Change[] => {
  const chosen = new Map<string, Change>();
  for (const { proof, fix } of diagnoses) {
    if (proof.status !== 'proven') continue;
    if (fix.change.some(({ path, to }) => chosen.has(path) && chosen.get(path)?.to !== to)) continue;
    for (const one of fix.change) chosen.set(one.path, one);
  }
  return [...chosen.values()];
};

/** What stands in a file at a path, as it is written there; undefined where nothing does. */
export const writtenAt = (text: string, path: string): string | undefined => {
  const { yaml } = parseConfig(text);
  const keys = yamlPath(yaml, path);
  const node = keys && yaml.getIn(keys, true);
  return isScalar(node) && node.value !== null ? writtenIn(node) : undefined;
};

const isVariable = (written: string): boolean => written.replaceAll('$${', '').includes('${');

/** Whether the file says at this path what it should; a variable may stand for anything. */
export const says = (text: string, path: string, value: Change['from']): boolean => {
  const written = writtenAt(text, path);
  if (written === undefined) return value === null;
  return value !== null && (isVariable(written) || written.replaceAll('$${', () => '${') === String(value));
};

/** A change as the file sees it: a default that is not written there is `null`, so that undoing takes the key away. */
const asInFile = (text: string, change: readonly Change[]): readonly Change[] =>
  change.map((one) => (writtenAt(text, one.path) === undefined ? { ...one, from: null } : one));

export type Edited =
  | { readonly kind: 'edited'; readonly after: string; readonly change: readonly Change[] }
  | { readonly kind: 'refused'; readonly text: Text };

/** The text with the change in it, or why it is not made. */
export const edited = (text: string, wanted: readonly Change[]): Edited => {
  const change = asInFile(text, wanted);
  // A flag (--sender) was in force in the run: what was proven is no change of this file.
  const other = change.find(({ path, from }) => !says(text, path, from));
  if (other) {
    const { path } = other;
    return {
      kind: 'refused',
      text: {
        en: `${path} has another value in the file than in this run; nothing was changed`,
        ja: `${path} の値が、設定ファイルと今回の診断とで異なるため、変更していません`,
      },
    };
  }
  try {
    return { kind: 'edited', after: editConfig(text, change), change };
  } catch (error) {
    if (error instanceof ConfigError) return { kind: 'refused', text: error.text };
    throw error;
  }
};
