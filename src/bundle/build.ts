import type { Text } from '../model/text.ts';
import type { SecretForm } from '../reason/redact.ts';
import { jsonOf } from '../report/json-text.ts';
import type { Entry, EntryKind, Section } from './entry.ts';
import type { Funnel } from './funnel.ts';
import { isOwnWord, type KnownSecret } from './known-secret.ts';
import { type LeftOut, type Manifest, manifestName, manifestRow } from './manifest.ts';
import { readmeText } from './readme.ts';
import { type Leak, leaksIn } from './scan.ts';

/** What an entry is to hold, before the funnel. */
export interface Draft {
  readonly name: string;
  readonly section: Section;
  readonly why: Text;
  readonly content:
    | { readonly kind: 'data'; readonly value: unknown }
    | { readonly kind: 'lines'; readonly values: readonly unknown[] }
    | { readonly kind: 'text'; readonly text: string; readonly forms?: readonly SecretForm[] }
    /** Made of what has passed the funnel already. */
    | { readonly kind: 'derived'; readonly text: string };
  /** What was taken out before, by rule. */
  readonly redactions?: Readonly<Record<string, number>>;
}

/** A bundle that is not made: something in it could be a secret. */
export class UnsafeBundle extends Error {
  override readonly name = 'UnsafeBundle';
  readonly reason:
    | { readonly kind: 'leaks'; readonly leaks: readonly Leak[] }
    | { readonly kind: 'own-word'; readonly secret: string };
  constructor(reason: UnsafeBundle['reason']) {
    super('a bundle with a secret in it is not written');
    this.reason = reason;
  }
}

export interface About
  extends Pick<Manifest, 'id' | 'run' | 'command' | 'target' | 'createdAt' | 'anonymized' | 'notLookedFor'> {
  readonly version: string;
  readonly archive: string;
  readonly leftOut: readonly LeftOut[];
}

const jsonBytes = (value: unknown): Buffer => Buffer.from(`${jsonOf(value, 2)}\n`);

const contentOf = ({ content }: Draft, funnel: Funnel): { readonly kind: EntryKind; readonly bytes: Buffer } => {
  switch (content.kind) {
    case 'data':
      return { kind: 'data', bytes: jsonBytes(funnel.value(content.value)) };
    case 'lines':
      return {
        kind: 'text',
        bytes: Buffer.from(content.values.map((one) => `${jsonOf(funnel.value(one))}\n`).join('')),
      };
    case 'text':
      return { kind: 'text', bytes: Buffer.from(funnel.text(content.text, content.forms)) };
    case 'derived':
      return { kind: 'derived', bytes: Buffer.from(content.text) };
  }
};

const summed = (parts: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> => {
  const sums = new Map<string, number>();
  for (const part of parts)
    for (const [rule, times] of Object.entries(part)) sums.set(rule, (sums.get(rule) ?? 0) + times);
  return Object.fromEntries([...sums].toSorted(([one], [other]) => (one < other ? -1 : 1)));
};

export interface Built {
  readonly manifest: Manifest;
  readonly entries: readonly Entry[];
}

/**
 * Every entry through the funnel, then the last look: a known secret that is still anywhere, in whatever encoding, and
 * nothing is made at all. `hidden`: names that were replaced, known only when all was written.
 */
export const buildBundle = (
  drafts: readonly Draft[],
  funnel: Funnel,
  secrets: readonly KnownSecret[],
  about: About,
  hidden: () => readonly KnownSecret[] = () => [],
): Built => {
  const unclear = secrets.find(({ value }) => isOwnWord(value));
  if (unclear) throw new UnsafeBundle({ kind: 'own-word', secret: unclear.name });
  funnel.counted();
  const said = ({ en, ja }: Text): Text => ({ en: funnel.text(en), ja: funnel.text(ja) });
  const parts = drafts.map((draft): Entry => {
    const { name, why, redactions = {} } = draft;
    const content = contentOf(draft, funnel);
    const counts = summed([redactions, funnel.counted()]);
    return { name: funnel.text(name), why: said(why), ...content, redactions: counts };
  });
  const { version, archive, ...named } = about;
  const leftOut = about.leftOut.map(({ section, why }) => ({ section, why: said(why) }));
  const notLookedFor = about.notLookedFor.map(({ name, why }) => ({ name: funnel.text(name), why: said(why) }));
  const removed: Entry = {
    name: 'redactions.json',
    kind: 'derived',
    why: {
      en: 'what was taken out, by file and rule, and what is not in here',
      ja: '取り除いたもの（ファイル・規則別の件数）と、含めなかったもの',
    },
    bytes: jsonBytes({
      total: summed(parts.map(({ redactions }) => redactions)),
      entries: parts.map(({ name, redactions }) => ({ name, redactions })),
      leftOut,
      notLookedFor,
    }),
    redactions: {},
  };
  const told = [...parts, removed];
  const readme: Entry = {
    name: 'README.txt',
    kind: 'derived',
    why: { en: 'what this is and how to check it', ja: 'この圧縮ファイルの説明と確認方法' },
    bytes: Buffer.from(readmeText({ ...named, archive, leftOut, notLookedFor, version }, told)),
    redactions: {},
  };
  const entries = [readme, ...told];
  const manifest: Manifest = {
    schema: 'crm-doctor/bundle/v1',
    ...named,
    tool: { name: 'crm-doctor', version },
    entries: entries.map(manifestRow),
    leftOut,
    notLookedFor,
  };
  const all: readonly Entry[] = [
    ...entries,
    {
      name: manifestName,
      kind: 'derived',
      why: { en: 'size and checksum of every file', ja: '各ファイルのサイズとチェックサム' },
      bytes: jsonBytes(manifest),
      redactions: {},
    },
  ];
  const leaks = leaksIn(all, [...secrets, ...hidden()]);
  if (leaks.length > 0) throw new UnsafeBundle({ kind: 'leaks', leaks });
  return { manifest, entries: all };
};
