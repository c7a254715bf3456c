import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import type { Timeline } from '../../src/model/sync/comparison.ts';
import type { ComparedField, ComparisonReport } from '../../src/model/sync/report.ts';
import { heatLevels } from '../../src/report/html/comparison-style.ts';
import { dark, light } from '../../src/report/html/palette.ts';
import { htmlReporter } from '../../src/report/html.reporter.ts';
import { readHtml } from './html-reader.ts';
import { optionsFor, sample } from './samples.ts';

const base = sample('sync.en');

const pageOf = (more: Partial<ComparisonReport>, run: Partial<Report> = {}) => {
  const { comparison } = base;
  if (!comparison) throw new Error('no comparison');
  const report: Report = { ...base, ...run, comparison: { ...comparison, ...more } };
  return readHtml(htmlReporter.render(report, optionsFor(report)));
};

const classed = (page: ReturnType<typeof pageOf>, tag: string, name: string) =>
  page.elements.filter((element) => element.tag === tag && (element.attributes.class ?? '').split(' ').includes(name));

const field = (left: string, more: Partial<ComparedField> = {}): ComparedField => ({
  left,
  right: left,
  type: 'text',
  key: false,
  differ: 10,
  equalUnder: [],
  explained: [],
  unexplained: 0,
  examples: [],
  ...more,
});

describe('the heat map', () => {
  const fields = [
    field('a', { explained: [{ cause: 'sync.one', title: 'One', n: 10 }] }),
    field('b', { differ: 100, explained: [{ cause: 'sync.one', title: 'One', n: 1 }], unexplained: 50 }),
    field('c', { differ: 0 }),
  ];
  const page = pageOf({ fields });

  test('a cell is as dark as its share of the differences of its column', () => {
    const cells = page.elements.filter(({ tag, attributes }) => tag === 'td' && attributes.title !== undefined);
    expect(cells.map(({ attributes }) => [attributes.class, attributes.title])).toEqual([
      ['heat cause h1', 'b: sync.one: 1 / 100 (1.0 %)'],
      ['heat open h3', 'b: Unexplained: 50 / 100 (50.0 %)'],
      ['heat cause h5', 'a: sync.one: 10 / 10 (100 %)'],
    ]);
  });

  test('columns that agree are not in it, and without any there is no map', () => {
    expect(page.text).toContain('(2/3)');
    expect(classed(pageOf({ fields: [field('c', { differ: 0 })] }), 'table', 'heat-map')).toEqual([]);
  });

  test('very many columns and causes are bounded, and what is left out is said', () => {
    const many = Array.from({ length: 3000 }, (_, at) =>
      field(`f${at}`, { differ: 3000 - at, explained: [{ cause: `sync.c${at}`, title: 't', n: 1 }] }),
    );
    const wide = pageOf({ fields: many });
    expect(classed(wide, 'th', 'turned')).toHaveLength(13);
    expect(wide.text).toContain('and 2,940 more columns');
    expect(wide.text).toContain('others');
  });

  const rgb = (colour: string): readonly number[] =>
    [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const luminance = (colour: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = colour.map((value) =>
      value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  test.each([
    ['light', light],
    ['dark', dark],
  ])('%s: numbers are readable on every shade', (_, palette) => {
    for (const tint of [palette.fail, palette.info, palette.unknown]) {
      for (const percent of heatLevels) {
        const [over, under] = [rgb(tint), rgb(palette.card)];
        const mixed = over.map((value, at) => (value * percent + (under[at] ?? 0) * (100 - percent)) / 100);
        const [high = 0, low = 0] = [luminance(mixed), luminance(rgb(palette.ink))].toSorted((a, b) => b - a);
        // WCAG 2.2, 1.4.3
        expect((high + 0.05) / (low + 0.05)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});

describe('the verdict in a sentence', () => {
  test.each([
    [{ changed: 3 }, true],
    [{ extra: 3 }, true],
    [{}, false],
  ])('of records that differ nobody says that it works: %j', (more, differ) => {
    const { text } = pageOf({ changed: 0, missing: 0, extra: 0, ...more }, { status: 'warn', diagnoses: [] });
    expect([/two sides differ/.test(text), /It works, but/.test(text)]).toEqual([differ, !differ]);
  });
});

describe('the timeline', () => {
  const bucket = (at: string, counts: Partial<Timeline['buckets'][number]> = {}): Timeline['buckets'][number] => ({
    at,
    present: 0,
    missing: 0,
    extra: 0,
    changed: 0,
    ...counts,
  });
  const timeline = (unit: Timeline['unit'], buckets: Timeline['buckets']): Partial<ComparisonReport> => ({
    timeline: { unit, of: 'updated-at', buckets },
  });
  const rectsIn = (more: Partial<ComparisonReport>) => {
    const page = pageOf(more);
    const start = page.elements.findIndex(({ attributes }) => attributes.class === 'timeline bars');
    return page.elements
      .slice(Math.max(0, start))
      .filter(({ tag, attributes }) => tag === 'rect' && attributes.x !== undefined);
  };

  test('present records are those that agree and those that changed', () => {
    const rects = rectsIn(timeline('month', [bucket('2026-01', { present: 100, changed: 40 })]));
    expect(rects.map(({ attributes }) => [attributes.class, attributes.height])).toEqual([
      ['skip', '78.00'],
      ['warn', '52.00'],
    ]);
  });

  test('a month without records is a hole, across the end of a year', () => {
    const rects = rectsIn(timeline('month', [bucket('2025-11', { present: 5 }), bucket('2026-02', { present: 5 })]));
    expect(rects.map(({ attributes }) => attributes.x)).toEqual(['3.000%', '73.500%']);
  });

  test('missing and extra records have a scale of their own', () => {
    const rects = rectsIn(timeline('day', [bucket('2026-01-31', { present: 1000, missing: 2 })]));
    expect(rects.map(({ attributes }) => [attributes.class, attributes.height])).toEqual([
      ['skip', '86.67'],
      ['fail', '0.75'],
      ['fail', '130.00'],
    ]);
  });

  test('of a sample the numbers are estimates, and it says so', () => {
    const buckets = [bucket('2026-01', { present: 4500, changed: 10, missing: 100 }), bucket('2026-02')];
    const looked = { present: 5000, changed: 10, missing: 200, extra: 0 };
    const page = pageOf({
      timeline: { unit: 'month', of: 'updated-at', buckets, looked },
      ...{ matched: 1_000_000, changed: 10, missing: 3000, extra: 0 },
    });
    expect(page.text).toContain('Estimated from a sample');
    // Nine tenths of a million, without those that differ; half of three thousand.
    expect(page.text).toMatch(/899,990.*1,500/s);
    expect(pageOf({}).text).not.toContain('Estimated');
  });

  test('without buckets, or with names that are no time, nothing breaks', () => {
    expect(classed(pageOf(timeline('month', [])), 'svg', 'bars')).toEqual([]);
    const odd = timeline('day', [bucket('0001-01-01', { present: 1 }), bucket('x"><b>', { extra: 1 })]);
    expect(rectsIn(odd).length).toBeGreaterThan(0);
    expect(
      rectsIn(timeline('day', [bucket('0001-01-01', { present: 1 }), bucket('9999-12-31', { present: 1 })])),
    ).toHaveLength(2);
  });
});

describe('the examples', () => {
  test('what differs is marked, an empty value says so', () => {
    const page = pageOf({ fields: [field('a', { examples: [{ key: '1', left: '<b>x', right: '' }] })] });
    expect(page.elements.filter(({ tag }) => tag === 'mark')).toHaveLength(1);
    expect(page.text).toContain('<b>x');
    expect(page.text).toContain('(empty)');
  });
});

describe('the style', () => {
  test('a page without a comparison does not carry that of one', () => {
    const report = sample('proven.en');
    expect(htmlReporter.render(report, optionsFor(report))).not.toContain('.heat-map');
  });
});
