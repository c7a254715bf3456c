import { defineRule } from '../../src/model/workflow/rule.ts';
import type { FormulaNode } from '../../src/reason/formula/node.ts';
import { readSalesforceFormula } from '../../src/reason/formula/salesforce.ts';
import { elementOf, sitesOf } from '../../src/reason/workflow/condition/sites.ts';
import { type Logic, readLogic } from '../../src/reason/workflow/logic-string.ts';
import { short } from '../../src/reason/workflow/written.ts';
import { exampleFormula } from './example-flow.ts';

/** `1 AND 2 OR 3`: the part that AND holds together although nothing shows it. */
const mixedLogic = (text: string): string | undefined => {
  const reading = readLogic(text);
  if (reading.kind === 'fault') return undefined;
  const todo: Logic[] = [reading.logic];
  for (let one = todo.pop(); one; one = todo.pop()) {
    if (one.kind === 'number') continue;
    if (one.kind === 'not') {
      todo.push(one.of);
      continue;
    }
    const loose = one.kind === 'or' ? one.of.find((part) => part.kind === 'and' && !part.bracketed) : undefined;
    if (loose) return text.slice(loose.start, loose.end);
    todo.push(...one.of);
  }
  return undefined;
};

const mixedFormula = (text: string): string | undefined => {
  const reading = readSalesforceFormula(text);
  if (reading.kind !== 'read') return undefined;
  const todo: FormulaNode[] = [reading.node];
  for (let one = todo.pop(); one; one = todo.pop()) {
    if (one.kind !== 'call' && one.kind !== 'operation') continue;
    const loose =
      one.kind === 'operation' && one.operator === '||'
        ? one.of.find((part) => part.kind === 'operation' && part.operator === '&&' && !part.bracketed)
        : undefined;
    if (loose) return text.slice(loose.start, loose.end);
    todo.push(...one.of);
  }
  return undefined;
};

export const condLogicPrecedence = defineRule({
  id: 'workflow.cond-logic-precedence',
  severity: 'warning',
  sourceKind: 'condition',
  formats: ['SF', 'WR', 'OD', 'PA'],
  auto: 'suggest',
  title: { en: 'AND and OR mixed without brackets', ja: 'かっこのない AND と OR の混在' },
  about: {
    en: 'AND binds tighter than OR: "A AND B OR C" means "(A AND B) OR C". A guard at the front (not for the data loader, only for active records) then protects the first alternative only, and C starts the workflow without it.',
    ja: 'AND は OR より強く結び付きます。「A AND B OR C」は「(A AND B) OR C」という意味です。先頭の除外条件（データ移行時は除く、有効なレコードだけ、など）が最初の組み合わせにしか効かず、C だけで開始されてしまいます。',
  },
  advice: {
    en: 'Put brackets around what belongs together.',
    ja: '組み合わせたい条件をかっこで囲んでください。',
  },
  examples: {
    bad: {
      files: exampleFormula(
        'NOT({!$Permission.Bypass}) && ISPICKVAL({!$Record.Status}, "New") || ISPICKVAL({!$Record.Status}, "Escalated")',
      ),
      lines: [12],
    },
    good: {
      files: exampleFormula(
        'NOT({!$Permission.Bypass}) && (ISPICKVAL({!$Record.Status}, "New") || ISPICKVAL({!$Record.Status}, "Escalated"))',
      ),
    },
    lookAlike: {
      files: exampleFormula(
        '(NOT({!$Permission.Bypass}) && ISPICKVAL({!$Record.Status}, "New")) || ISPICKVAL({!$Record.Status}, "Escalated")',
      ),
      says: { en: 'The brackets show that it is meant so.', ja: 'かっこがあるため、意図どおりと分かります。' },
    },
  },
  *workflow(workflow, { project }) {
    for (const site of sitesOf(workflow, project.schema)) {
      const { logic, formula } = site.conditions;
      const inLogic = logic && mixedLogic(logic.text);
      const inFormula = formula?.language === 'salesforce' ? mixedFormula(formula.text) : undefined;
      const loose = inLogic ?? inFormula;
      const at = inLogic === undefined ? formula?.place : logic?.place;
      if (loose === undefined || !at) continue;
      const text = short(loose);
      yield {
        place: at,
        ...elementOf(site),
        message: {
          en: `AND and OR are mixed without brackets, so "${text}" belongs together and the rest holds without it.`,
          ja: `AND と OR がかっこなしで混在しています。「${text}」がひとまとまりになり、残りの条件はそれと関係なく成り立ちます。`,
        },
        fix: {
          en: `Write "(${text}) OR …" if that is meant, else put the OR in brackets.`,
          ja: `これでよければ「(${text}) OR …」と書き、そうでなければ OR の側をかっこで囲んでください。`,
        },
      };
    }
  },
});
