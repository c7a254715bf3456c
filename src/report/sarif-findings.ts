import { visible } from '../i18n/visible.ts';
import type { Language } from '../model/text.ts';
import type { Finding } from '../model/workflow/finding.ts';
import { elementOf, severityOf } from './findings.ts';
import { fingerprint, levels, locationOf, message, word } from './sarif-parts.ts';
import { labels } from './words.ts';

const rank: Readonly<Record<Finding['confidence'], number>> = { certain: 100, likely: 70, heuristic: 40 };

const placeIn = (finding: Finding) => {
  const { file, line, column, endLine, endColumn, pointer } = finding;
  const element = elementOf(finding, '/');
  return {
    ...locationOf({ file, line, column, endLine, endColumn }),
    ...(element === '' && pointer === undefined
      ? {}
      : {
          logicalLocations: [
            {
              name: word(finding.element ?? finding.workflow ?? ''),
              fullyQualifiedName: word(pointer ?? element),
            },
          ],
        }),
  };
};

/** An edit is written as it is or not at all: with something hidden in it made visible it would be another one. */
const isPlain = (text: string): boolean => {
  const words = text.replace(/[\n\t]/g, '');
  return visible(words) === words && text.length <= 10_000;
};

/** Edits as SARIF has them: by file, with what is deleted and put in its place (3.55 to 3.57). */
const fixesOf = ({ fix }: Finding) => {
  if (fix.edits.length === 0 || !fix.edits.every(({ text }) => isPlain(text))) return {};
  const files = [...new Set(fix.edits.map(({ file }) => file))];
  const changes = files.map((file) => ({
    artifactLocation: locationOf({ file }).physicalLocation.artifactLocation,
    replacements: fix.edits
      .filter((edit) => edit.file === file)
      .map(({ line, column, endLine, endColumn, text }) => ({
        deletedRegion: { startLine: line, startColumn: column, endLine, endColumn },
        insertedContent: { text },
      })),
  }));
  return { fixes: [{ description: message([fix.says]), artifactChanges: changes }] };
};

/** A finding of a rule as a result, where it stands; a silenced one says so (3.27.23). */
export const sarifFinding = (finding: Finding, language: Language) => {
  const {
    rule,
    severity,
    confidence,
    title,
    message: says,
    fix,
    also,
    workflow = '',
    element = '',
    suppressed,
  } = finding;
  const level = levels[severityOf[severity]];
  return {
    rule: {
      id: rule,
      shortDescription: message([title]),
      fullDescription: message([says]),
      help: message([`${labels.fix[language]}: ${fix.says}`, `crm-doctor explain ${rule}`]),
      defaultConfiguration: { level },
      properties: { tags: ['workflow', finding.sourceKind] },
    },
    result: {
      ruleId: rule,
      level,
      rank: rank[confidence],
      message: message([says, `${labels.fix[language]}: ${fix.says}`]),
      locations: [placeIn(finding)],
      ...(also.length === 0
        ? {}
        : {
            relatedLocations: also.map((one, id) => ({
              id,
              ...locationOf({ file: one.file, line: one.line }),
              message: message([one.says]),
            })),
          }),
      partialFingerprints: fingerprint(rule, finding.file, workflow, element, says),
      ...fixesOf(finding),
      ...(suppressed === undefined
        ? {}
        : { suppressions: [{ kind: 'inSource', status: 'accepted', justification: word(suppressed) }] }),
      ...(finding.new === undefined ? {} : { baselineState: finding.new ? 'new' : 'unchanged' }),
      properties: {
        workflow: word(workflow),
        element: word(element),
        confidence,
        sourceKind: finding.sourceKind,
      },
    },
  };
};
