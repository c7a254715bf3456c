import type { Text } from '../model/text.ts';
import type { AreaId, Engine } from './engine.ts';
import type { Walk } from './walk.ts';

/** What is to be looked at, as the questions gave it. Plain JSON. */
export interface Aim {
  readonly area: AreaId;
  /** The command without what concerns its output: `mail --config FILE sales@example.co.jp`. */
  readonly command: readonly string[];
  /** The checks that show the symptom; empty: all. They are run first. */
  readonly first: readonly string[];
  /** The configuration that a change goes into; absent where there is none. */
  readonly file?: string;
  /** The file is private to this session and may become ./crm-doctor.yaml. */
  readonly draft?: true;
  /** The settings are those that were found, not those of the CRM. */
  readonly found?: true;
  /** A test message may be sent from the mailbox to itself. */
  readonly sends?: true;
  /** Nothing of it is real. */
  readonly demo?: true;
  /** The same without questions, to be typed. */
  readonly repeat: string;
  /** What has to be in the environment for it. */
  readonly needs: readonly string[];
}

/** One of the three: what it is about, what it asks, how its checks are told. */
export interface Area {
  readonly id: AreaId;
  readonly name: Text;
  readonly about: Text;
  readonly prepare: (walk: Walk, engine: Engine, symptom: string) => Promise<Aim>;
  readonly symptoms: readonly { readonly value: string; readonly name: Text; readonly about?: Text }[];
  readonly stages: readonly Stage[];
  /** Said at the end: what to watch, what to do next time. */
  readonly watch: readonly Text[];
}

/** Checks that answer one question of a person. */
export interface Stage {
  readonly name: Text;
  /** What is done and why, in a line, before it is done. */
  readonly why: Text;
  readonly checks: readonly string[];
  /** Only with this flag is there anything to tell. */
  readonly with?: string;
}
