import type { Report } from '../../model/report.ts';
import { comparisonsOf, nameOfComparison } from '../comparison/classes.ts';
import { comparisonWords as words } from '../comparison/words.ts';
import { examplesPart } from './comparison-examples.ts';
import { factsPart } from './comparison-facts.ts';
import { classesPart, fieldsPart, sidesPart } from './comparison-tables.ts';
import type { Page } from './page.ts';

/** Every comparison: both sides, the classes, the columns that differ, examples, and what else was seen. */
export const comparisonBlocks = (page: Page, report: Report): readonly (readonly string[])[] => {
  const all = comparisonsOf(report);
  return all.flatMap((comparison) => {
    const name = comparison.name ?? (all.length > 1 ? nameOfComparison(comparison) : undefined);
    const title = `${page.say(words.title)}${name === undefined ? '' : `${page.gap}${page.clean(name)}`}`;
    return [
      sidesPart(page, comparison, title),
      classesPart(page, comparison),
      fieldsPart(page, comparison),
      examplesPart(page, comparison),
      factsPart(page, comparison),
    ];
  });
};
