import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { htmlReporter } from '../../src/report/html.reporter.ts';
import { againstReal } from '../lab/against-real.ts';
import { ensureInstalled } from '../lab/tools.ts';
import type { Chromium, Tab } from './chromium.ts';
import { chromiumPath, startChromium } from './chromium.ts';
import { payload, withWords } from './hostile.ts';
import { optionsFor, sample, sampleNames } from './samples.ts';

/** Expressions that run in the page; each gives what is wrong. */
const looks = {
  /** What is wider than the window; a table may scroll in a box of its own. */
  tooWide: `[...document.querySelectorAll('body *')].filter((element) => {
    const scrolls = element.parentElement?.closest('.scroll');
    return !scrolls && element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1
      && !element.closest('.skip-link');
  }).map((element) => element.outerHTML.slice(0, 120)).concat(
    document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [])`,

  /** On paper nothing scrolls: what is wider than the page makes all of it smaller. */
  widerThanPaper: `[...document.querySelectorAll('main *')]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1)
    .map((element) => element.outerHTML.slice(0, 120))`,

  /** Text that stands out too little from what is behind it (WCAG 2.2, 1.4.3). */
  tooPale: `(() => {
    const rgba = (colour) => {
      const numbers = colour.match(/[\\d.]+/g).map(Number);
      const scale = colour.startsWith('color(') ? 1 : 255;
      return [...numbers.slice(0, 3).map((one) => one / scale), numbers[3] ?? 1];
    };
    const luminance = ([r, g, b]) => [r, g, b]
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
      .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
    const groundOf = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const ground = rgba(getComputedStyle(at).backgroundColor);
        if (ground[3] > 0.99) return ground;
      }
      return [1, 1, 1, 1];
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const pale = [];
    let seen = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (node.data.trim() === '' || !element.checkVisibility() || element.closest('title,desc,script')) continue;
      const style = getComputedStyle(element);
      const ink = rgba(element.closest('svg') ? style.fill : style.color);
      const [high, low] = [luminance(ink), luminance(groundOf(element))].sort((a, b) => b - a);
      seen += 1;
      if ((high + 0.05) / (low + 0.05) < 4.5) pale.push(node.data.trim().slice(0, 60));
    }
    return seen === 0 ? ['no text at all'] : pale;
  })()`,

  /** What paper does not show of what stands in the page. */
  notOnPaper: `[...document.querySelectorAll('main *, footer *')]
    .filter((element) => element.childElementCount === 0 && element.textContent.trim() !== ''
      && !element.closest('title,desc,script') && !element.checkVisibility())
    .map((element) => element.textContent.slice(0, 60))`,

  /** What a reader of the page could run into without its name. */
  unnamed: `[...document.querySelectorAll('a,summary,[role=img],[role=region]')].filter((element) => {
    const by = element.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join('');
    return ((by ?? '') + (element.getAttribute('aria-label') ?? '') + element.textContent).trim() === '';
  }).map((element) => element.outerHTML.slice(0, 120))`,

  /** Drawings have a title and a description, or are left out because the words beside them say the same. */
  dumbDrawings: `[...document.querySelectorAll('svg')].filter((svg) => svg.getAttribute('aria-hidden') !== 'true'
    && !(svg.querySelector(':scope > title')?.textContent && svg.querySelector(':scope > desc')?.textContent))
    .map((svg) => svg.outerHTML.slice(0, 120))`,

  /** Elements that load, run or send something. */
  foreign: `[...document.querySelectorAll('script:not([type="application/json"]),img,iframe,object,embed,link,form,input,button,base,audio,video,foreignObject')]
    .concat([...document.querySelectorAll('*')].filter((element) => [...element.attributes].some(({ name }) => name.startsWith('on'))))
    .map((element) => element.outerHTML.slice(0, 120))`,
} as const;

// Long words are English, words without spaces Japanese; what both have in common is looked at once.
const pages = sampleNames.filter((name) => name.endsWith('.ja') || /^(?:mailboxes|sync|workflow)\./.test(name));

const body = (): void => {
  let chromium: Chromium | undefined;
  beforeAll(async () => {
    chromium = await startChromium(chromiumPath() ?? '');
  });
  afterAll(() => chromium?.close());

  const open = (html: string): Promise<Tab> => {
    if (!chromium) throw new Error('Chromium did not start');
    return chromium.open(html);
  };

  test.each(pages)('%s', async (name) => {
    const report = sample(name);
    const tab = await open(htmlReporter.render(report, optionsFor(report)));
    expect(tab.requests).toHaveLength(1);
    expect(tab.complaints).toEqual([]);
    expect(await tab.evaluate(looks.foreign)).toEqual([]);
    expect(await tab.evaluate(looks.unnamed)).toEqual([]);
    expect(await tab.evaluate(looks.dumbDrawings)).toEqual([]);
    const embedded = await tab.evaluate(`document.getElementById('crm-doctor-report').textContent`);
    expect(JSON.parse(String(embedded))).toEqual(report);

    for (const width of [320, 640, 1000, 1600]) {
      await tab.screen({ width });
      expect([width, await tab.evaluate(looks.tooWide)]).toEqual([width, []]);
    }
    // Everything unfolded, so that what is folded away is looked at too.
    await tab.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
    for (const width of [320, 1600]) {
      await tab.screen({ width });
      expect([width, await tab.evaluate(looks.tooWide)]).toEqual([width, []]);
    }
    for (const dark of [false, true]) {
      await tab.screen({ width: 1000, dark });
      expect([dark, await tab.evaluate(looks.tooPale)]).toEqual([dark, []]);
    }
    await tab.close();
  });

  test.each(['mailboxes.en', 'sync.ja', 'vantage.en', 'workflow.ja'])('%s with hostile words', async (name) => {
    const report = withWords(sample(name), (text) => `${text} ${payload}`);
    const tab = await open(htmlReporter.render(report, optionsFor(report, { verbose: true })));
    expect(tab.requests).toHaveLength(1);
    expect(tab.complaints).toEqual([]);
    expect(await tab.evaluate(looks.foreign)).toEqual([]);
    expect(await tab.evaluate(`document.body.textContent.includes('alert(1)')`)).toBe(true);
    const embedded = await tab.evaluate(`document.getElementById('crm-doctor-report').textContent`);
    expect(JSON.parse(String(embedded))).toEqual(report);
    for (const width of [320, 1600]) {
      await tab.screen({ width });
      expect([width, await tab.evaluate(looks.tooWide)]).toEqual([width, []]);
    }
    await tab.close();
  });

  test.each(['mailboxes.ja', 'sync.ja', 'trends.en', 'workflow.ja', 'hostile.en'])('%s on paper', async (name) => {
    const report = sample(name);
    const tab = await open(htmlReporter.render(report, optionsFor(report)));
    const hidden = await tab.evaluate(looks.notOnPaper);
    // On the screen something is folded, or the test would prove nothing.
    expect(hidden).not.toEqual([]);
    // A4 without its margins.
    await tab.screen({ width: 688, dark: true, print: true });
    expect(await tab.evaluate(looks.notOnPaper)).toEqual([]);
    expect(await tab.evaluate(looks.widerThanPaper)).toEqual([]);
    // A dark screen does not make dark paper.
    expect(await tab.evaluate(`getComputedStyle(document.body).backgroundColor`)).toBe('rgb(255, 255, 255)');
    expect(await tab.evaluate(looks.tooPale)).toEqual([]);
    expect((await tab.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
    await tab.close();
  });
};

// One that is there is taken, whatever it is called.
const missing = chromiumPath() === undefined ? ensureInstalled([['chromium', 'chromium']]) : undefined;

againstReal(
  'the page in Chromium',
  missing === undefined ? undefined : `${missing}; CHROME names one that is elsewhere`,
  body,
  'a browser is some hundred megabytes',
);
