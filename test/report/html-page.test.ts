import { describe, expect, test } from '@jest/globals';
import { visible } from '../../src/i18n/visible.ts';
import type { Report } from '../../src/model/report.ts';
import { html, prose, textOf } from '../../src/report/html/markup.ts';
import { dark, light } from '../../src/report/html/palette.ts';
import { htmlReporter } from '../../src/report/html.reporter.ts';
import { readHtml } from './html-reader.ts';
import { optionsFor, sample, sampleNames } from './samples.ts';

const render = (report: Report, more = {}): string => htmlReporter.render(report, optionsFor(report, more));

const dense = (text: string): string => text.replace(/\s+/g, '');

const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

/** Every text of a report that a reader needs. */
const textsOf = (report: Report): readonly string[] => [
  report.run.target,
  report.run.id,
  ...report.diagnoses.flatMap(({ title, cause, explanation, evidence, fix, proof, verify, ruledOut }) => [
    ...[title, cause, explanation, verify, proof.says],
    ...evidence.flatMap(({ check, target, says }) => [`${check} ${target}`, says]),
    ...fix.steps,
    ...[...fix.change, ...fix.alternatives.flat()].flatMap(({ path, from, to }) => [
      path,
      ...[from, to].filter((value) => value !== null).map(String),
    ]),
    ...ruledOut.flatMap((one) => [one.cause, one.says]),
  ]),
  ...report.checks.flatMap(({ status, title, summary, id, target }) => [
    ...[title, id, target],
    ...(status === 'skip' ? [] : [summary]),
  ]),
  ...report.prevention.map(({ says }) => says),
  ...(report.error ? [report.error.message, `${report.error.file}`] : []),
];

describe.each(sampleNames)('the page of %s', (name) => {
  const report = sample(name);
  const page = render(report);
  const { elements, text, raw } = readHtml(page);
  const all = (tag: string) => elements.filter((element) => element.tag === tag);

  test('has every text, escaped and without hidden characters', () => {
    // The embedded JSON is data that nothing shows; its own test follows.
    expect(unsafe.test(page.replace(raw.script ?? '', ''))).toBe(false);
    const shown = dense(text);
    for (const words of textsOf(report)) expect(shown).toContain(dense(visible(words)));
  });

  test('loads and runs nothing', () => {
    const policy = all('meta').find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy');
    expect(policy?.attributes.content).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; img-src data:;/);
    expect(all('script').map(({ attributes }) => attributes)).toEqual([
      { type: 'application/json', id: 'crm-doctor-report' },
    ]);
    const known =
      /^(?:html|head|meta|title|style|body|a|svg|symbol|use|path|circle|rect|line|text|g|div|main|section|article|header|footer|desc|figure|figcaption|h[123]|p|span|strong|b|br|code|pre|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tr|th|td|details|summary|time|mark|script)$/;
    for (const { tag, attributes } of elements) {
      expect(tag).toMatch(known);
      for (const attribute of Object.keys(attributes)) expect(attribute).not.toMatch(/^(?:on|src|srcset|style$|xlink)/);
      if (attributes.href !== undefined) expect(attributes.href).toMatch(/^(?:#[\w-]+$|https?:\/\/)/);
    }
    expect(raw.style).not.toMatch(/url\(|@import|<|expression/);
  });

  test('holds the report', () => {
    expect(JSON.parse(raw.script ?? '')).toEqual(report);
    expect(raw.script).not.toMatch(/[<>&\u2028\u2029]/);
  });

  test('is one document: language, headings in order, ids once, links that lead somewhere, tables with scope', () => {
    expect(elements[0]).toEqual({ tag: 'html', attributes: { lang: report.run.language } });
    const levels = elements.filter(({ tag }) => /^h\d$/.test(tag)).map(({ tag }) => Number(tag.slice(1)));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.slice(1).forEach((level, index) => {
      expect(level - (levels[index] ?? 0)).toBeLessThanOrEqual(1);
    });
    const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of elements) {
      const { href = '', 'aria-labelledby': label } = attributes;
      if (href.startsWith('#')) expect(ids).toContain(href.slice(1));
      for (const one of label?.split(' ') ?? []) expect(ids).toContain(one);
    }
    for (const { attributes } of all('th')) expect(attributes.scope).toMatch(/^(?:row|col)$/);
    expect(all('a')[0]?.attributes).toEqual({ class: 'skip-link', href: '#content' });
  });

  test('folds the details, and unfolds them when it is to be verbose', () => {
    expect(all('details').every(({ attributes }) => attributes.open === undefined)).toBe(true);
    const unfolded = readHtml(render(report, { verbose: true })).elements.filter(({ tag }) => tag === 'details');
    expect(unfolded).toHaveLength(all('details').length);
    expect(unfolded.every(({ attributes }) => attributes.open !== undefined)).toBe(true);
  });

  test('says only the verdict when it is to be quiet', () => {
    const quiet = readHtml(render(report, { quiet: true }));
    expect(quiet.elements.some(({ tag }) => tag === 'article' || tag === 'details')).toBe(false);
    const ids = quiet.elements.flatMap(({ attributes }) => attributes.id ?? []);
    const links = quiet.elements.flatMap(({ attributes }) => attributes.href ?? []);
    for (const link of links.filter((href) => href.startsWith('#'))) expect(ids).toContain(link.slice(1));
  });
});

describe('the verdict of a page', () => {
  const text = (report: Report): string => readHtml(render(report)).text;

  test('what one cause spares is not claimed where a second one harms', () => {
    const [verdict = ''] = text(sample('several.en')).split('What is wrong');
    expect(verdict).toContain('Mail cannot be sent');
    expect(verdict).toContain('The mailbox is full');
    expect(verdict).toContain('the domain has two SPF records');
    expect(verdict).not.toContain('Receiving is not affected');
    expect(text(sample('proven.en')).split('What is wrong')[0]).toContain('Sending is not affected.');
  });

  test('a failure that no cause explains says so', () => {
    expect(text(sample('several.en')).match(/No known cause explains this\./g)).toHaveLength(1);
    expect(text(sample('proven.en'))).not.toContain('No known cause');
  });

  test('"could not check" and "interrupted" never look like OK', () => {
    const stateOf = (report: Report) =>
      readHtml(render(report)).elements.find(({ attributes }) => attributes.class?.startsWith('verdict '))?.attributes
        .class;
    const healthy = sample('healthy.en');
    expect(stateOf(healthy)).toBe('verdict pass');
    expect(stateOf(sample('warnings.en'))).toBe('verdict warn');
    expect(stateOf(sample('proven.en'))).toBe('verdict fail');
    expect(stateOf(sample('unknown.en'))).toBe('verdict unknown');
    const cut: Report = { ...healthy, run: { ...healthy.run, interrupted: 'SIGINT' } };
    expect(stateOf(cut)).toBe('verdict unknown');
    expect(text(cut)).toContain('not an all-clear');
  });
});

describe('the timeline', () => {
  const withDates = (...dues: readonly string[]): Report => ({
    ...sample('healthy.en'),
    prevention: dues.map((due, index) => ({ id: `p${index}`, due, says: `note ${index}` })),
  });
  const placesOf = (report: Report) =>
    readHtml(render(report))
      .elements.filter(({ tag, attributes }) => tag === 'circle' && attributes.r === '12')
      .map(({ attributes }) => [attributes.cx, attributes.cy]);

  test('puts the first date first, and the dates where they belong', () => {
    const places = placesOf(withDates('2027-01-23T02:05:12Z', '2026-12-24T02:05:12Z'));
    expect(places).toEqual([
      ['50.00%', '20'],
      ['94.00%', '20'],
    ]);
    const { text } = readHtml(render(withDates('2027-01-23', '2026-12-24')));
    expect(text.indexOf('note 1')).toBeLessThan(text.indexOf('note 0'));
  });

  test('signs of near dates stand above each other', () => {
    const places = placesOf(withDates('2026-12-24', '2026-12-24', '2027-12-24'));
    expect(new Set(places.map(([, y]) => y)).size).toBe(2);
  });

  test('what is past stands at the beginning', () => {
    expect(placesOf(withDates('2020-01-01'))[0]?.[0]).toBe('6.00%');
  });

  test('without a date there is a list and no drawing', () => {
    const page = render({ ...sample('healthy.en'), prevention: [{ id: 'x', due: 'soon', says: 'watch it' }] });
    expect(page).not.toContain('class="timeline"');
    expect(readHtml(page).text).toContain('soon watch it');
  });
});

describe('drawings of evidence', () => {
  const seen = (fact: object): Report => {
    const report = sample('healthy.en');
    const [first, ...rest] = report.checks;
    if (!first) throw new Error('no check');
    return { ...report, checks: [{ ...first, status: 'warn', evidence: [{ fact: first.id, ...fact }] }, ...rest] };
  };
  const drawings = (fact: object) =>
    readHtml(render(seen(fact))).elements.filter(({ tag, attributes }) => tag === 'svg' && attributes.role === 'img');

  test('a log: a line for each cause, from its first to its last record', () => {
    const page = render(sample('trends.en'));
    const spans = readHtml(page).elements.filter(({ attributes }) => attributes.class === 'span');
    expect(spans.map(({ attributes }) => [attributes.x1, attributes.x2])).toEqual([
      ['2.00%', '6.59%'],
      ['51.38%', '97.92%'],
      ['95.29%', '95.29%'],
    ]);
    expect(page).toContain('auth.bad-credentials: 214 lines, 21 Nov 2026 – 24 Nov 2026');
  });

  test('backups: a bar each, the newest last, the small ones in another colour', () => {
    const { elements } = readHtml(render(sample('trends.en')));
    const start = elements.findIndex(({ attributes }) => attributes.id?.endsWith('-0-0-title'));
    const groups = elements.slice(start).filter(({ tag }) => tag === 'g');
    expect(groups.map(({ attributes }) => attributes.class)).toEqual([
      ...Array.from({ length: 10 }, () => 'pass'),
      'warn',
      'pass',
      'warn',
      // The line of time of what is to be watched.
      'info',
    ]);
  });

  test('of one backup, and of data of another shape, nothing is drawn', () => {
    const one = { bytes: 1, modified: '2026-11-24T00:00:00Z', path: 'a' };
    const odd = [
      { places: [{ place: { series: [{ name: 'a', members: [one] }] } }] },
      { places: [null, 3, { place: 'x' }, { place: { series: { members: 1 } } }] },
      { causes: [null, { cause: 'x' }, { cause: 'x', first: 'never', last: '2026-11-24T00:00:00Z' }] },
      { causes: 'many' },
    ];
    for (const fact of odd) expect(drawings(fact)).toEqual([]);
    const two = { places: [{ place: { series: [{ members: [one, { bytes: 'x', modified: 'y' }] }] } }] };
    expect(drawings(two)).toHaveLength(1);
  });
});

describe('markup', () => {
  test.each([
    ['<b>&"\'', '&lt;b&gt;&amp;&quot;&#39;'],
    ['a\u0000\u202eb\n', 'a\\x00\\u202eb\\n'],
    [undefined, ''],
    [['<', 1], '&lt;1'],
  ])('%j in a slot', (slot, expected) => {
    expect(textOf(html`${slot}`)).toBe(expected);
    expect(textOf(html`<a title="${slot}">`)).toBe(`<a title="${expected}">`);
  });

  test('only http links are links, and they end where the URL ends', () => {
    expect(textOf(prose('javascript:alert(1) を開き、https://example.com/a?b=1&c=2。'))).toBe(
      'javascript:alert(1) を開き、<a href="https://example.com/a?b=1&amp;c=2" rel="noreferrer noopener">https://example.com/a?b=1&amp;c=2</a>。',
    );
    expect(textOf(prose('https://example.com/"onclick="x'))).not.toContain('"onclick');
  });
});

describe('the colours', () => {
  const channel = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
      channel(Number.parseInt(colour.slice(at, at + 2), 16) / 255),
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  // WCAG 2.2, 1.4.3
  const contrast = (one: string, other: string): number => {
    const [high = 0, low = 0] = [luminance(one), luminance(other)].toSorted((left, right) => right - left);
    return (high + 0.05) / (low + 0.05);
  };
  const states = ['pass', 'warn', 'fail', 'unknown', 'skip', 'info'] as const;

  test.each([
    ['light', light],
    ['dark', dark],
  ])('%s: every ink is readable on every ground', (_, palette) => {
    const grounds = [palette.page, palette.card, palette.code];
    const inks = [palette.ink, palette.muted, palette.link, ...states.map((state) => palette[state])];
    for (const ground of grounds) {
      for (const ink of inks) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
    }
    for (const state of states) {
      expect(contrast(palette[state], palette[`${state}Soft`])).toBeGreaterThanOrEqual(4.5);
    }
  });
});
