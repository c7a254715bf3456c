import type { Suppression } from '../../model/workflow/project.ts';
import { type Directive, directivesIn } from './directive.ts';
import type { XmlElement } from './xml-element.ts';
import type { XmlComment, XmlPlace } from './xml-tree.ts';

const lastLineForFiles = 10;

const suppression = (
  { rules, reason, until }: Directive,
  place: XmlPlace,
  covers: Suppression['covers'],
): Suppression => ({
  rules,
  ...(reason === undefined ? {} : { reason }),
  ...(until === undefined ? {} : { until }),
  place,
  covers,
});

/** The element that begins first at this offset or behind it. */
const firstFrom = (root: XmlElement, offset: number): XmlElement | undefined => {
  let element: XmlElement | undefined = root;
  while (element && element.start < offset) element = element.children.find(({ end }) => end > offset);
  return element;
};

/** What the comments of a file switch off: the element that begins behind the comment, or the file. */
export const suppressionsOf = (root: XmlElement, comments: readonly XmlComment[]): readonly Suppression[] =>
  comments.flatMap((comment) =>
    directivesIn(comment.text).flatMap((words) => {
      if (words.scope === 'file') {
        return comment.place.line <= lastLineForFiles ? [suppression(words, comment.place, 'file')] : [];
      }
      const next = firstFrom(root, comment.end);
      return next
        ? [suppression(words, comment.place, { from: next.place.line, to: next.whole.endLine })]
        : [suppression(words, comment.place, { from: comment.place.endLine + 1, to: comment.place.endLine + 1 })];
    }),
  );

/** What the description of an element switches off, which survives where comments are lost: that element. */
export const suppressionsInDescription = (
  element: XmlElement,
  description: XmlElement | undefined,
): readonly Suppression[] => {
  if (!description) return [];
  const { text } = description;
  return directivesIn(text).map((words) =>
    suppression(
      words,
      description.textPlace,
      words.scope === 'file' ? 'file' : { from: element.place.line, to: element.whole.endLine },
    ),
  );
};
