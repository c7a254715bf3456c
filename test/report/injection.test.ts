import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { marked } from 'marked';
import { width } from '../../src/i18n/width.ts';
import type { Report } from '../../src/model/report.ts';
import { githubReporter } from '../../src/report/github.reporter.ts';
import { htmlReporter } from '../../src/report/html.reporter.ts';
import { jsonReporter } from '../../src/report/json.reporter.ts';
import { junitReporter } from '../../src/report/junit.reporter.ts';
import { markdownReporter } from '../../src/report/markdown.reporter.ts';
import { nagiosReporter } from '../../src/report/nagios.reporter.ts';
import { ndjsonReporter } from '../../src/report/ndjson.reporter.ts';
import { openmetricsReporter } from '../../src/report/openmetrics.reporter.ts';
import type { Reporter } from '../../src/report/reporter.ts';
import { sarifReporter } from '../../src/report/sarif.reporter.ts';
import { textReporter } from '../../src/report/text.reporter.ts';
import { commandsIn, payload, withWords } from './hostile.ts';
import { readHtml } from './html-reader.ts';
import { readJunit } from './junit-reader.ts';
import { readPlugin } from './nagios-reader.ts';
import { readOpenMetrics } from './openmetrics-reader.ts';
import { optionsFor, sample, sampleNames } from './samples.ts';

// Nothing is escaped by language.
const names = sampleNames.filter((name) => !name.includes('hostile') && (name.endsWith('.en') || name === 'sync.ja'));

// What a terminal would obey or nobody could see; only line ends may stand in a text.
const unsafe =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;

const validate = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true }).compile(
  JSON.parse(readFileSync(new URL('./schema/sarif-2.1.0.json', import.meta.url), 'utf8')),
);

const render = (reporter: Reporter, report: Report): string =>
  reporter.render(report, optionsFor(report, { verbose: true, reportPath: 'report.json' }));

/** The tokens of a Markdown text without their words. */
const skeletonOf = (markdown: string): readonly string[] => {
  const types: string[] = [];
  void marked.walkTokens(marked.lexer(markdown), (token) => {
    const { type } = token;
    if (type === 'link') expect(String(token.href)).toMatch(/^(?:https?:\/\/|mailto:)/);
    // Escapes, plain text and code follow the words.
    if (!['text', 'escape', 'codespan', 'space', 'link'].includes(type)) {
      const size = type === 'heading' ? `${token.depth}` : type === 'table' ? `${token.rows.length}` : '';
      types.push(`${type}${size}`);
    }
  });
  return types;
};

describe.each(names)('hostile words in %s', (name) => {
  const honest = withWords(sample(name), (text) => `${text} x`);
  const hostile = withWords(sample(name), (text) => `${text} ${payload}`);

  test('are in the report at all', () => {
    expect(JSON.stringify(hostile).split('owned').length).toBeGreaterThan(5);
  });

  test('text: nothing for the terminal or the log, and no line is wider than the page', () => {
    for (const columns of [40, 100]) {
      for (const quiet of [false, true]) {
        const text = textReporter.render(hostile, optionsFor(hostile, { columns, verbose: !quiet, quiet }));
        expect(text).not.toMatch(unsafe);
        expect(commandsIn(text)).toEqual([]);
        expect(text.split('\n').filter((line) => width(line) > columns)).toEqual([]);
      }
    }
    const ascii = textReporter.render(hostile, optionsFor(hostile, { ascii: true }));
    expect(commandsIn(ascii)).toEqual([]);
  });

  test('json and ndjson: the same values, printable', () => {
    const json = render(jsonReporter, hostile);
    expect(JSON.parse(json)).toEqual(hostile);
    const lines = render(ndjsonReporter, hostile);
    expect(
      lines
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toHaveLength(render(ndjsonReporter, honest).trimEnd().split('\n').length);
    for (const text of [json, lines]) {
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/u);
      expect(commandsIn(text)).toEqual([]);
    }
  });

  test('markdown: the same blocks, no HTML, no picture, no link but to the web', () => {
    const text = render(markdownReporter, hostile);
    expect(text).not.toMatch(unsafe);
    expect(commandsIn(text)).toEqual([]);
    const skeleton = skeletonOf(text);
    expect(skeleton).toEqual(skeletonOf(render(markdownReporter, honest)));
    expect(skeleton.filter((type) => /^(?:html|image|code|blockquote|hr|del)/.test(type))).toEqual([]);
  });

  test('html: the same elements with the same classes', () => {
    const shape = (report: Report) => {
      const { elements, text } = readHtml(render(htmlReporter, report));
      return {
        text,
        elements: elements
          .filter(({ tag }) => tag !== 'a')
          .map(({ tag, attributes }) =>
            [tag, attributes.class, attributes.id, Object.keys(attributes).join()].join(' '),
          ),
      };
    };
    const { elements, text } = shape(hostile);
    expect(elements).toEqual(shape(honest).elements);
    expect(text).not.toMatch(unsafe);
  });

  test('junit: the same elements, taken by a strict reader', () => {
    const text = render(junitReporter, hostile);
    const tags = (xml: string) =>
      readJunit(xml).map(({ tag, attributes }) => [tag, ...Object.keys(attributes)].join(' '));
    expect(tags(text)).toEqual(tags(render(junitReporter, honest)));
    expect(text).not.toMatch(unsafe);
    expect(commandsIn(text)).toEqual([]);
  });

  test('sarif: the same results, valid by the schema', () => {
    const text = render(sarifReporter, hostile);
    const log: { runs: { results: { message: { text: string } }[] }[] } = JSON.parse(text);
    for (const { message } of log.runs[0]?.results ?? []) expect(message.text).not.toMatch(/\]\(|(?<!\{)\{\d+\}/);
    expect(validate(log) ? [] : validate.errors).toEqual([]);
    const benign: typeof log = JSON.parse(render(sarifReporter, honest));
    expect(log.runs[0]?.results).toHaveLength(benign.runs[0]?.results.length ?? -1);
    expect(text.replace(/\\n/g, '')).not.toMatch(unsafe);
    expect(commandsIn(text)).toEqual([]);
  });

  test('github: as many annotations, and no other command', () => {
    const commands = (report: Report) => {
      const lines = render(githubReporter, report).trimEnd().split('\n');
      return commandsIn(lines.join('\n')).map((line) => {
        const [, command = '', properties = ''] = /^::(\w+)(?: ([^:]*))?::/.exec(line) ?? [];
        const kept = command === 'group' || command === 'endgroup' ? '' : properties;
        return [command, ...kept.split(',').map((property) => property.split('=')[0])].join(' ');
      });
    };
    const all = commands(hostile);
    expect(all).toEqual(commands(honest));
    for (const one of all) {
      expect(one).toMatch(
        /^(?:(?:error|warning|notice) (?:(?:file|line|col|endLine|endColumn) )*title|(?:end)?group )$/,
      );
    }
    expect(render(githubReporter, hostile)).not.toMatch(unsafe);
  });

  test('nagios: as many numbers, and one sentence', () => {
    const text = render(nagiosReporter, hostile);
    const { says, long, data } = readPlugin(text);
    const other = readPlugin(render(nagiosReporter, honest));
    expect(data.size).toBe(other.data.size);
    expect(long).toHaveLength(other.long.length);
    expect(says.length).toBeLessThan(2000);
    expect(text).not.toMatch(unsafe);
    expect(commandsIn(text)).toEqual([]);
  });

  test('openmetrics: as many series', () => {
    const text = render(openmetricsReporter, hostile);
    expect(readOpenMetrics(text)).toHaveLength(readOpenMetrics(render(openmetricsReporter, honest)).length);
    expect(text).not.toMatch(unsafe);
  });
});

describe('a line of a million characters', () => {
  const long = (name: string) => withWords(sample(name), (text) => `${text} ${'A'.repeat(500_000)}日本語${payload}`);

  test.each([
    [textReporter, 400_000],
    [markdownReporter, 400_000],
    [junitReporter, 2_000_000],
    [sarifReporter, 1_000_000],
    [githubReporter, 400_000],
    [nagiosReporter, 100_000],
    [openmetricsReporter, 100_000],
  ] as const)('$name', (reporter, most) => {
    for (const name of ['several.ja', 'workflow.en']) {
      const text = render(reporter, long(name));
      expect([name, text.length < most, text.length]).toEqual([name, true, text.length]);
      // How much is missing is said.
      expect(text).toContain('… [+');
    }
  });

  test('the whole of it is in the JSON, and in the page as data only', () => {
    const report = long('several.en');
    expect(JSON.parse(render(jsonReporter, report))).toEqual(report);
    const { raw, text } = readHtml(render(htmlReporter, report));
    expect(JSON.parse(raw.script ?? '')).toEqual(report);
    expect(text.length).toBeLessThan(4_000_000);
  });
});
