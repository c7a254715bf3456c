import type { Place } from '../../model/workflow/place.ts';
import { createLines } from './lines.ts';

/** A stretch of a file, whose end is always known. */
export interface XmlPlace extends Place {
  readonly endLine: number;
  readonly endColumn: number;
}

/** What a comment says, and where it stands. */
export interface XmlComment {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly place: XmlPlace;
}

/** An element that has begun and not ended yet. */
export interface OpenElement {
  readonly name: string;
  readonly start: number;
}

// The numbers kept of an element, each by its distance from the element's first one.
const nameId = 0;
const start = 1;
const innerStart = 2;
const innerEnd = 3;
const end = 4;
const firstChild = 5;
const nextSibling = 6;
const width = 7;

const none = -1;

/** All elements of a file as numbers in one array: offsets into the text, names by number, links by index. */
export class XmlTree {
  readonly text: string;
  readonly file: string;
  readonly comments: XmlComment[] = [];
  readonly #lineColumn: ReturnType<typeof createLines>;
  readonly #names: string[] = [];
  readonly #localNames: string[] = [];
  readonly #ids = new Map<string, number>();
  /** What is open, and the last child that each of them has had so far. */
  readonly #open: number[] = [];
  readonly #lastChild: number[] = [];
  #cells = new Int32Array(width * 64);
  #size = 0;

  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
    this.#lineColumn = createLines(text);
  }

  get size(): number {
    return this.#size;
  }

  get depth(): number {
    return this.#open.length;
  }

  /** The innermost element that has begun and not ended. */
  get innermost(): OpenElement | undefined {
    const index = this.#open.at(-1);
    return index === undefined ? undefined : { name: this.name(index), start: this.start(index) };
  }

  begin(name: string, at: number): void {
    const index = this.#size;
    this.#size += 1;
    const base = index * width;
    if (base + width > this.#cells.length) {
      const larger = new Int32Array(this.#cells.length * 2);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells[base + nameId] = this.#idOf(name);
    this.#cells[base + start] = at;
    this.#cells[base + firstChild] = none;
    this.#cells[base + nextSibling] = none;
    const level = this.#open.length - 1;
    const parent = this.#open[level];
    if (parent !== undefined) {
      const previous = this.#lastChild[level] ?? none;
      if (previous === none) this.#cells[parent * width + firstChild] = index;
      else this.#cells[previous * width + nextSibling] = index;
      this.#lastChild[level] = index;
    }
    this.#open.push(index);
    this.#lastChild.push(none);
  }

  /** The start tag of what began last has been read up to here. */
  begun(at: number): void {
    const index = this.#open.at(-1);
    if (index !== undefined) this.#cells[index * width + innerStart] = at;
  }

  /** What is open ends: its content at `contentEnd`, its end tag at `at`. */
  finish(contentEnd: number, at: number): void {
    const index = this.#open.pop();
    this.#lastChild.pop();
    if (index === undefined) return;
    this.#cells[index * width + innerEnd] = contentEnd;
    this.#cells[index * width + end] = at;
  }

  addComment(from: number, to: number): void {
    this.comments.push({ text: this.text.slice(from + 4, to - 3), start: from, end: to, place: this.place(from, to) });
  }

  name(index: number): string {
    return this.#names[this.#cell(index, nameId)] ?? '';
  }

  /** The name without its prefix. */
  localName(index: number): string {
    return this.#localNames[this.#cell(index, nameId)] ?? '';
  }

  start(index: number): number {
    return this.#cell(index, start);
  }

  innerStart(index: number): number {
    return this.#cell(index, innerStart);
  }

  innerEnd(index: number): number {
    return this.#cell(index, innerEnd);
  }

  end(index: number): number {
    return this.#cell(index, end);
  }

  /** The first child of an element, or -1. */
  firstChild(index: number): number {
    return this.#cell(index, firstChild);
  }

  /** The next element with the same parent, or -1. */
  nextSibling(index: number): number {
    return this.#cell(index, nextSibling);
  }

  place(from: number, to: number = from, pointer?: string): XmlPlace {
    const { file } = this;
    const { line, column } = this.#lineColumn(from);
    const { line: endLine, column: endColumn } = to === from ? { line, column } : this.#lineColumn(to);
    // Written out twice: places are the most frequent objects of all.
    if (pointer === undefined) return { file, line, column, endLine, endColumn };
    return { file, line, column, endLine, endColumn, pointer };
  }

  #cell(index: number, which: number): number {
    return this.#cells[index * width + which] ?? none;
  }

  #idOf(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    this.#names.push(name);
    this.#localNames.push(name.slice(name.indexOf(':') + 1));
    this.#ids.set(name, this.#names.length - 1);
    return this.#names.length - 1;
  }
}
