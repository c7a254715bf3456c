import type { Text } from '../../model/text.ts';

/** A part of a topic: prose, a list of terms, or lines to be copied as they are. */
export type TopicPart =
  | { readonly kind: 'text'; readonly text: Text }
  | {
      readonly kind: 'list';
      readonly rows: readonly { readonly term: string | Text; readonly about: Text }[];
    }
  | { readonly kind: 'lines'; readonly lines: readonly string[] };

/** Something that can be read without a network: `crm-doctor help NAME`, and a section of the manual. */
export interface Topic {
  readonly name: string;
  readonly title: Text;
  readonly parts: readonly TopicPart[];
}
