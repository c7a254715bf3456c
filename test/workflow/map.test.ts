import { describe, expect, test } from '@jest/globals';
import type { InteractionMap } from '../../src/model/workflow/map.ts';
import { interactionMap } from '../../src/reason/workflow/interaction-map.ts';
import { groupsOf } from '../../src/report/map/layout.ts';
import { renderMap } from '../../src/report/map/render-map.ts';
import { importedFrom, projectOf } from '../../src/workflow/project-of.ts';

const mapOf = (text: string): InteractionMap => {
  const part = importedFrom({ file: 'flows.yaml', text });
  return interactionMap(projectOf(part ? [part] : [], { now: new Date(0) }));
};

const text = `workflow: a
object: Deal
trigger: { on: update, fields: [amount] }
when: { field: stage, eq: Won }
steps:
  - id: mark
    update: record
    set: { handedOver: true, note: '{{record.name}}' }
  - call: helper
    with: {}
---
workflow: b
object: Deal
trigger: { on: update, fields: [handedOver] }
steps:
  - signal: ready
---
workflow: helper
trigger: { on: call }
steps:
  - wait: { signal: ready, timeout: 1d }
  - log: done
---
workflow: off
active: false
object: Deal
trigger: { on: update, fields: [handedOver] }
steps:
  - update: record
    set: { handedOver: false }
`;

describe('the map of a project', () => {
  const map = mapOf(text);

  test('who starts whom and why', () => {
    expect(map.edges.map(({ from, to, kind, because }) => [from, to, kind, because.en])).toEqual([
      ['NY a', 'NY b', 'starts', 'writes Deal.handedOver, Deal.note'],
      ['NY a', 'NY helper', 'calls', 'step 2 calls it'],
      ['NY b', 'NY helper', 'signals', 'sends the signal ready'],
    ]);
  });

  test('who reads and writes each field, and where', () => {
    const plain = map.fields.map(({ object, field, readers, writers }) => [
      `${object}.${field}`,
      readers.map(({ workflow, line }) => `${workflow}:${line}`),
      writers.map(({ workflow, step, value, line }) => `${workflow} ${step} ${value} :${line}`),
    ]);
    expect(plain).toEqual([
      ['Deal.amount', ['NY a:3'], []],
      ['Deal.handedOver', ['NY b:14', 'NY off:27'], ['NY a mark true :8', 'NY off 1 false :30']],
      ['Deal.name', ['NY a:8'], []],
      ['Deal.note', [], ['NY a mark record.name :8']],
      ['Deal.stage', ['NY a:4'], []],
    ]);
  });

  test('what is switched off is listed and starts nothing', () => {
    expect(map.workflows.map(({ id, status }) => [id, status])).toContainEqual(['off', 'inactive']);
    expect(map.edges.some(({ from, to }) => from === 'NY off' || to === 'NY off')).toBe(false);
  });

  test('what starts others stands before them', () => {
    expect(groupsOf(map).map(({ columns }) => columns.map((column) => column.map(({ id }) => id)))).toEqual([
      [['a'], ['b'], ['helper']],
    ]);
  });
});

test('a ring that never ends is marked', () => {
  const ring = (id: string, reads: string, writes: string): string =>
    `workflow: ${id}\nobject: Deal\ntrigger: { on: update, fields: [${reads}] }\nsteps:\n  - update: record\n    set: { ${writes}: '{{now}}' }\n`;
  const map = mapOf(`${ring('a', 'x', 'y')}---\n${ring('b', 'y', 'x')}`);
  expect(map.edges.map(({ from, to, endless }) => [from, to, endless])).toEqual([
    ['NY a', 'NY b', true],
    ['NY b', 'NY a', true],
  ]);
});

describe.each(['en', 'ja'] as const)('the page in %s', (language) => {
  test('loads nothing, runs nothing and escapes everything', () => {
    const evil = '<script>alert(1)</script>"\'&';
    const page = renderMap(mapOf(text.replaceAll('workflow: a', `workflow: ${JSON.stringify(evil)}`)), language);
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toMatch(/default-src 'none'/);
    expect(page).not.toMatch(/(?:src|href)="(?!#)/);
  });

  test('every link leads to a row', () => {
    const page = renderMap(mapOf(text), language);
    const targets = new Set([...page.matchAll(/href="#(\w+)"/g)].map(([, id]) => id));
    expect(targets.size).toBeGreaterThan(2);
    for (const id of targets) expect(page).toContain(`id="${id}"`);
  });

  test('a project without workflows has a page', () => {
    expect(
      renderMap({ schema: 'crm-doctor/workflow-map/v1', workflows: [], edges: [], fields: [] }, language),
    ).toContain('</html>');
  });
});

test('hundreds of workflows that hang together are not drawn, but listed', () => {
  const many = Array.from(
    { length: 120 },
    (_, at) =>
      `workflow: w${at}\nobject: Deal\ntrigger: { on: update, fields: [f${at}] }\nsteps:\n  - update: record\n    set: { f${at + 1}: '{{now}}' }\n`,
  ).join('---\n');
  const page = renderMap(mapOf(many), 'en');
  expect(page).toContain('120 workflows hang together');
  expect(page).toContain('id="w120"');
});
