import { decoded, encodings } from './xml-text.ts';
import type { XmlPlace, XmlTree } from './xml-tree.ts';

export interface XmlAttribute {
  /** As it is written, with its prefix. */
  readonly name: string;
  readonly value: string;
  /** Of the value, without its quotation marks. */
  readonly place: XmlPlace;
}

const none = -1;
const prefix = (name: string): string => name.slice(0, Math.max(0, name.indexOf(':')));

// What the reader let pass is well-formed, so this finds each attribute of a start tag.
const attribute = /([^\s=<>/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/dg;

/** An element of a file that was read; everything of it is looked up or decoded when it is asked for. */
export class XmlElement {
  readonly parent: XmlElement | undefined;
  readonly #tree: XmlTree;
  readonly #index: number;
  /** Which one of its name it is under its parent, from 1, and whether it is the only one. */
  readonly #ordinal: number;
  #children: readonly XmlElement[] | undefined;
  #attributes: readonly XmlAttribute[] | undefined;
  #pointer: string | undefined;
  #map: ((character: number) => number) | undefined;

  constructor(tree: XmlTree, index: number, parent: XmlElement | undefined, ordinal: number) {
    this.#tree = tree;
    this.#index = index;
    this.parent = parent;
    this.#ordinal = ordinal;
  }

  /** The name without its prefix. */
  get name(): string {
    return this.#tree.localName(this.#index);
  }

  /** The name as it is written. */
  get qualifiedName(): string {
    return this.#tree.name(this.#index);
  }

  /** The namespace that the prefix, or the lack of one, stands for here. */
  get namespace(): string | undefined {
    const wanted = prefix(this.qualifiedName);
    const declared = wanted === '' ? 'xmlns' : `xmlns:${wanted}`;
    for (let element: XmlElement | undefined = this; element; element = element.parent) {
      const found = element.attribute(declared);
      if (found) return found.value === '' ? undefined : found.value;
    }
    return undefined;
  }

  get children(): readonly XmlElement[] {
    this.#children ??= this.#readChildren();
    return this.#children;
  }

  /** All children of that name: a list where there is only one, and where there is none. */
  all(name: string): readonly XmlElement[] {
    return this.children.filter((child) => child.name === name);
  }

  first(name: string): XmlElement | undefined {
    return this.children.find((child) => child.name === name);
  }

  /** The text of the first child of that name, without blanks around it; `undefined` where there is no such child. */
  textOf(name: string): string | undefined {
    return this.first(name)?.text.trim();
  }

  /** What is written directly in the element, not in its children, blanks and line breaks included. */
  get text(): string {
    const raw = this.#tree.text.slice(this.#tree.innerStart(this.#index), this.#tree.innerEnd(this.#index));
    if (!raw.includes('<')) return decoded(raw);
    return this.#pieces()
      .map(([from, to, raw]) => (raw ? this.#tree.text.slice(from, to) : decoded(this.#tree.text.slice(from, to))))
      .join('');
  }

  get attributes(): readonly XmlAttribute[] {
    this.#attributes ??= this.#readAttributes();
    return this.#attributes;
  }

  attribute(name: string): XmlAttribute | undefined {
    return this.attributes.find((each) => each.name === name);
  }

  /** Where the element is among the others: `Flow/decisions[2]/rules/conditions[3]`, as XPath counts. */
  get pointer(): string {
    this.#pointer ??= this.#readPointer();
    return this.#pointer;
  }

  /** The offset at which the element begins. */
  get start(): number {
    return this.#tree.start(this.#index);
  }

  /** The offset behind the element. */
  get end(): number {
    return this.#tree.end(this.#index);
  }

  /** The start tag. */
  get place(): XmlPlace {
    return this.#tree.place(this.start, this.#tree.innerStart(this.#index), this.pointer);
  }

  /** From the start tag to the end tag. */
  get whole(): XmlPlace {
    return this.#tree.place(this.start, this.end, this.pointer);
  }

  /** The text without the blanks around it; the start tag where the element has none. */
  get textPlace(): XmlPlace {
    const from = this.#tree.innerStart(this.#index);
    const to = this.#tree.innerEnd(this.#index);
    const raw = this.#tree.text.slice(from, to);
    const trimmed = raw.trimStart();
    if (trimmed === '') return this.place;
    const lead = raw.length - trimmed.length;
    return this.#tree.place(from + lead, from + lead + trimmed.trimEnd().length, this.pointer);
  }

  /** A stretch of `text`, by its characters: the place of one number in a formula, say. */
  placeIn(first: number, last: number): XmlPlace {
    this.#map ??= this.#readMap();
    return this.#tree.place(this.#map(first), this.#map(last), this.pointer);
  }

  /** From characters of `text` to offsets in the file. */
  #readMap(): (character: number) => number {
    // Between two marks, a character is one of the source.
    const marks: (readonly [character: number, offset: number])[] = [];
    let seen = 0;
    let last = this.#tree.innerStart(this.#index);
    for (const [from, to, raw] of this.#pieces()) {
      const source = this.#tree.text.slice(from, to);
      marks.push([seen, from]);
      if (raw) seen += source.length;
      else {
        for (const [character, offset] of encodings(source)) marks.push([seen + character, from + offset]);
        seen += decoded(source).length;
      }
      last = to;
    }
    marks.push([seen, last]);
    return (character) => {
      let low = 0;
      let high = marks.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((marks[middle]?.[0] ?? 0) <= character) low = middle;
        else high = middle - 1;
      }
      const [from, offset] = marks[low] ?? [0, last];
      return Math.min(last, offset + character - from);
    };
  }

  #readChildren(): readonly XmlElement[] {
    const indices: number[] = [];
    const counts = new Map<string, number>();
    for (let at = this.#tree.firstChild(this.#index); at !== none; at = this.#tree.nextSibling(at)) {
      indices.push(at);
      const name = this.#tree.name(at);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const seen = new Map<string, number>();
    return indices.map((index) => {
      const name = this.#tree.name(index);
      const ordinal = (seen.get(name) ?? 0) + 1;
      seen.set(name, ordinal);
      return new XmlElement(this.#tree, index, this, counts.get(name) === 1 ? 0 : ordinal);
    });
  }

  /** The stretches of the source that are text of this element itself; `true` marks those in which nothing is encoded. */
  #pieces(): readonly (readonly [from: number, to: number, raw: boolean])[] {
    const from = this.#tree.innerStart(this.#index);
    const to = this.#tree.innerEnd(this.#index);
    const { text } = this.#tree;
    const markup = text.indexOf('<', from);
    if (from >= to) return [];
    if (markup < 0 || markup >= to) return [[from, to, false]];
    const pieces: (readonly [number, number, boolean])[] = [];
    let child = this.#tree.firstChild(this.#index);
    let at = from;
    for (let next = markup; next >= 0 && next < to; next = text.indexOf('<', at)) {
      if (next > at) pieces.push([at, next, false]);
      if (child !== none && next === this.#tree.start(child)) {
        at = this.#tree.end(child);
        child = this.#tree.nextSibling(child);
      } else if (text.startsWith('<![CDATA[', next)) {
        const close = text.indexOf(']]>', next);
        pieces.push([next + 9, close, true]);
        at = close + 3;
      } else {
        const closing = text.startsWith('<!--', next) ? '-->' : '?>';
        at = text.indexOf(closing, next + 2) + closing.length;
      }
    }
    if (at < to) pieces.push([at, to, false]);
    return pieces;
  }

  #readAttributes(): readonly XmlAttribute[] {
    const from = this.start + 1 + this.qualifiedName.length;
    const to = this.#tree.innerStart(this.#index);
    if (to - from <= 2) return [];
    const found: XmlAttribute[] = [];
    for (const match of this.#tree.text.slice(from, to).matchAll(attribute)) {
      const range = match.indices?.[2] ?? match.indices?.[3];
      if (!range) continue;
      found.push({
        name: match[1] ?? '',
        value: decoded(match[2] ?? match[3] ?? '').replace(/[\t\n]/g, ' '),
        place: this.#tree.place(from + range[0], from + range[1], this.pointer),
      });
    }
    return found;
  }

  #readPointer(): string {
    const own = this.#ordinal === 0 ? this.qualifiedName : `${this.qualifiedName}[${this.#ordinal}]`;
    return this.parent ? `${this.parent.pointer}/${own}` : own;
  }
}
