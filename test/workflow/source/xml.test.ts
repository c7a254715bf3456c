import { expect, test } from '@jest/globals';
import { readXml } from '../../../src/workflow/source/xml.ts';
import type { XmlElement } from '../../../src/workflow/source/xml-element.ts';
import type { XmlPlace } from '../../../src/workflow/source/xml-tree.ts';

const root = (text: string): XmlElement => {
  const reading = readXml(text, 'a.xml');
  if (reading.kind !== 'read') throw new Error(`${reading.at.line}:${reading.at.column} ${reading.says.en}`);
  return reading.root;
};

/** What of the text a place covers. */
const covered = (text: string, { line, column, endLine, endColumn }: XmlPlace): string => {
  const lines = text.split(/\r\n|\r|\n/).slice(line - 1, endLine);
  lines[lines.length - 1] = (lines.at(-1) ?? '').slice(0, endColumn - 1);
  lines[0] = (lines[0] ?? '').slice(column - 1);
  return lines.join('\n');
};

const sample = `<?xml version="1.0" encoding="UTF-8"?>
<Flow xmlns="http://soap.sforce.com/2006/04/metadata">
    <steps><name>A</name></steps>
    <steps>
        <name> 商談 &amp; 𠮷 </name>
        <empty/>
    </steps>
    <label>x</label>
</Flow>
`;

test('what may repeat is a list, whether there are two, one or none', () => {
  const flow = root(sample);
  expect([flow.all('steps').length, flow.all('label').length, flow.all('loops').length]).toEqual([2, 1, 0]);
  expect(flow.all('steps').map((step) => step.textOf('name'))).toEqual(['A', '商談 & 𠮷']);
  expect(flow.first('loops')).toBeUndefined();
});

test('places are of the start tag, the whole element or the text without its blanks, in lines and UTF-16 columns', () => {
  const step = root(sample).all('steps')[1] as XmlElement;
  expect(step.place).toEqual({
    file: 'a.xml',
    line: 4,
    column: 5,
    endLine: 4,
    endColumn: 12,
    pointer: 'Flow/steps[2]',
  });
  expect([step.whole.endLine, step.whole.endColumn]).toEqual([7, 13]);
  const name = step.first('name') as XmlElement;
  expect(covered(sample, name.textPlace)).toBe('商談 &amp; 𠮷');
  expect(covered(sample, name.placeIn(4, 5))).toBe('&amp;');
  expect(covered(sample, name.placeIn(6, 8))).toBe('𠮷');
  expect(name.pointer).toBe('Flow/steps[2]/name');
  expect(covered(sample, (step.first('empty') as XmlElement).textPlace)).toBe('<empty/>');
});

test.each([
  ['a byte-order mark', '\uFEFF<a>\n <b>x</b></a>', 2],
  ['lines of Windows', '<a>\r\n <b>x</b></a>', 2],
  ['lines of an old Macintosh', '<a>\r\r <b>x</b></a>', 3],
])('%s shifts neither lines nor columns', (_, text, line) => {
  const b = root(text).first('b') as XmlElement;
  expect([b.place.line, b.place.column, covered(text.replace('\uFEFF', ''), b.place)]).toEqual([line, 2, '<b>']);
});

test('text is put together from sections, entities and what stands between children and comments', () => {
  const text = '<a>1 &lt; 2<!-- no --><![CDATA[ &amp; <raw> ]]><b>not this</b>&#x41;&#66;<?pi no?>!\r\nend</a>';
  const a = root(text);
  expect(a.text).toBe('1 < 2 &amp; <raw> AB!\nend');
  expect(covered(text, a.placeIn(12, 17))).toBe('<raw>');
  expect(covered(text, a.placeIn(18, 19))).toBe('&#x41;');
});

test('attributes are given with the place of their value', () => {
  const text = `<odoo><record  id="r1"\n  model = 'base &gt; x' /></odoo>`;
  const record = root(text).first('record') as XmlElement;
  expect(record.attribute('model')?.value).toBe('base > x');
  expect(covered(text, record.attribute('model')?.place as XmlPlace)).toBe('base &gt; x');
  expect(record.attribute('none')).toBeUndefined();
  expect(record.place.line).toBe(1);
});

test('names are without their prefix, and the namespace of a prefix is the nearest one declared', () => {
  const text =
    '<bpmn:definitions xmlns:bpmn="urn:bpmn" xmlns="urn:other"><bpmn:process><x/><y xmlns=""/></bpmn:process></bpmn:definitions>';
  const process = root(text).first('process') as XmlElement;
  expect([process.qualifiedName, process.namespace]).toEqual(['bpmn:process', 'urn:bpmn']);
  expect(process.children.map(({ namespace }) => namespace)).toEqual(['urn:other', undefined]);
});

test('comments are kept with their place', () => {
  const text = '<!---->\n<a>\n  <!-- crm-doctor-disable-next-line x : why -->\n  <b/></a>';
  const reading = readXml(text, 'a.xml');
  expect(
    reading.kind === 'read' && reading.comments.map((each) => [each.text, each.place.line, each.place.column]),
  ).toEqual([
    ['', 1, 1],
    [' crm-doctor-disable-next-line x : why ', 3, 3],
  ]);
});

test.each([
  ['cut off inside an element', '<a>\n  <b>x</b>\n  <c>', 'parse-syntax', 3, 6, 'begins on line 3'],
  ['cut off inside a tag', '<a>\n  <b', 'parse-syntax', 2, 5, 'cut off'],
  ['cut off inside a comment', '<a>\n  <!-- b', 'parse-syntax', 2, 9, 'cut off'],
  [
    'an end tag of another element',
    '<a>\n <bc>\n </b>\n</a>',
    'parse-syntax',
    3,
    2,
    '<bc>, which is open since line 2',
  ],
  ['an end tag with a longer name', '<a>\n <b>\n </bc>\n</a>', 'parse-syntax', 3, 2, '</bc>'],
  ['an end tag of nothing', '<a/>\n</b>', 'parse-syntax', 2, 1, 'nothing'],
  ['a plain ampersand', '<a>\n R&D</a>', 'parse-syntax', 2, 3, '&amp;'],
  ['a plain ampersand far before another', '<a>R&D, x &amp; y; z</a>', 'parse-syntax', 1, 5, '&amp;'],
  ['an ampersand behind a section', '<a><![CDATA[ & ]]><!-- & --> &</a>', 'parse-syntax', 1, 30, '&amp;'],
  ['an entity that is not declared', '<a>&x;</a>', 'parse-syntax', 1, 4, '&amp;'],
  ['two roots', '<a/>\n<b/>', 'parse-syntax', 2, 3, 'second'],
  ['text behind the root', '<a/>\nmore', 'parse-syntax', 2, 1, 'outside'],
  ['an attribute twice', '<a b="1" b="2"/>', 'parse-syntax', 1, 16, 'twice'],
  ['a control character', '<a>\n\u0001</a>', 'parse-syntax', 2, 1, 'control'],
  ['nothing', '', 'parse-syntax', 1, 1, 'no XML'],
  ['no XML', 'hello', 'parse-syntax', 1, 1, ''],
  [
    'an entity bomb',
    '<!DOCTYPE a [\n<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">\n]>\n<a>&b;</a>',
    'parse-limit',
    2,
    1,
    'document type',
  ],
])('%s is one fault at its place', (_, text, rule, line, column, says) => {
  const reading = readXml(text, 'a.xml');
  if (reading.kind === 'read') throw new Error('read');
  expect([reading.rule, reading.at.line, reading.at.column]).toEqual([rule, line, column]);
  expect(reading.says.en).toContain(says);
});

test('a document type that declares nothing is no fault', () => {
  expect(root('<!DOCTYPE odoo><odoo/>').name).toBe('odoo');
});

test.each([
  ['depth', '<a>'.repeat(100_000), 201],
  ['elements', `<a>${'<b/>'.repeat(3000)}</a>`, 1],
  ['characters', ' '.repeat(2_000_000), 1],
])('more than the limit of %s is not read', (_, text, column) => {
  const reading = readXml(text, 'a.xml', { characters: 1_000_000, elements: 2000, depth: 200 });
  if (reading.kind === 'read') throw new Error('read');
  expect(reading.rule).toBe('parse-limit');
  if (column !== 1) expect(reading.at.column).toBe((column - 1) * 3 + 1);
});

test('a long list is walked without the stack growing', () => {
  const many = root(`<a>${'<b><c>1</c></b>'.repeat(50_000)}</a>`);
  expect(many.all('b').length).toBe(50_000);
  expect(many.all('b')[49_999]?.pointer).toBe('a/b[50000]');
});
