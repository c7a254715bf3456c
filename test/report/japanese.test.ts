import { describe, expect, test } from '@jest/globals';
import { githubReporter } from '../../src/report/github.reporter.ts';
import { htmlReporter } from '../../src/report/html.reporter.ts';
import { junitReporter } from '../../src/report/junit.reporter.ts';
import { markdownReporter } from '../../src/report/markdown.reporter.ts';
import { nagiosReporter } from '../../src/report/nagios.reporter.ts';
import type { Reporter } from '../../src/report/reporter.ts';
import { sarifReporter } from '../../src/report/sarif.reporter.ts';
import { textReporter } from '../../src/report/text.reporter.ts';
import { withWords } from './hostile.ts';
import { readHtml } from './html-reader.ts';
import { readJunit } from './junit-reader.ts';
import { readPlugin } from './nagios-reader.ts';
import { optionsFor, sample, sampleNames } from './samples.ts';

const names = sampleNames.filter((name) => name.endsWith('.ja') && !name.includes('hostile'));

/** The words that a reader of each format sees. */
const readers: readonly (readonly [Reporter, (text: string) => string])[] = [
  [textReporter, (text) => text],
  [markdownReporter, (text) => text],
  // What stands in `pre` is recorded data, source and commands.
  [htmlReporter, (text) => readHtml(text.replace(/<pre[^>]*><code>[\s\S]*?<\/code><\/pre>/g, '')).text],
  [
    junitReporter,
    (text) =>
      readJunit(text)
        .map((one) => `${one.text}\n${one.attributes.message ?? ''}`)
        .join('\n'),
  ],
  [githubReporter, (text) => text.replace(/^::\w+ (?:(?:file|line|col|endLine|endColumn)=[^,:]*,)*(?:title=)?/gm, '')],
  [
    nagiosReporter,
    (text) => [readPlugin(text).says.replace(/^[A-Z]+ [A-Z]+ - /, ''), ...readPlugin(text).long].join('\n'),
  ],
  [
    sarifReporter,
    (text) =>
      [...text.matchAll(/"text": "((?:[^"\\]|\\.)*)"/g)]
        .map(([, words = '']) => words.replaceAll('\\n', '\n'))
        .join('\n'),
  ],
];

/** What is the same in both languages: ids, commands with their flags, keys, units, names of products, formats and fields. */
const shared = [
  /crm-doctor(?: [a-z-]+)*(?: --?[\w-]+(?: [a-z.*-]+)?| workflow\.[\w.-]+)*/g,
  /--[\w-]+/g,
  /[\w*]+(?:[.:/_-][\w*\\-]+)+/g,
  /(?<![A-Za-z])(?:WARNING|CRITICAL|UNKNOWN|SIGINT|UTC|CRM|DNS|SMTP|IMAP|POP3|MiB|KiB|MB|GB|KB|Node\.js|local|csv|utf-8|ID|JSON|BOM|max|html|lang|amount)(?![A-Za-z])/g,
];

describe.each(names)('%s says nothing in English', (name) => {
  // The report's own texts are tested where they are written; here stand only those that the formats add.
  const report = withWords(sample(name), () => '〓');

  test.each(readers.map(([reporter, wordsOf]) => [reporter.name, reporter, wordsOf] as const))(
    '%s',
    (_, reporter, wordsOf) => {
      for (const verbose of [false, true]) {
        const words = wordsOf(reporter.render(report, optionsFor(report, { verbose, reportPath: '〓' })));
        const rest = shared.reduce((text, pattern) => text.replace(pattern, ' '), words);
        const english = rest.match(/[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,})*/g) ?? [];
        expect(english).toEqual([]);
      }
    },
  );
});
