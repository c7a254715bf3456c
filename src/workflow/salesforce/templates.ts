import type { Queue, Template } from '../../model/workflow/schema.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { namedIn } from './flow-parts.ts';

/** `Sales/Welcome` of `email/Sales/Welcome.email-meta.xml`, as alerts write it. */
const templateId = (file: string): string => {
  const words = file.replace(/\.email(?:-meta\.xml)?$|\.xml$/i, '').split('/');
  const root = words.lastIndexOf('email');
  return words.slice(root >= 0 ? root + 1 : -2).join('/');
};

export const readTemplate = (root: XmlElement, file: string): Template => {
  const subject = root.textOf('subject');
  const name = namedIn(root, 'name');
  return {
    id: templateId(file),
    ...(subject === undefined ? {} : { subject }),
    state: root.textOf('available') === 'false' ? 'draft' : 'published',
    html: root.textOf('type') !== 'text',
    promotional: false,
    place: name?.place ?? root.place,
  };
};

export const readQueue = (root: XmlElement, file: string): Queue => {
  const members = root.first('queueMembers');
  const email = root.textOf('email');
  const inside = members?.children.flatMap((group) =>
    // Whole roles and groups are members, too; who is in them is not known.
    group.children.map((each) => (group.name === 'users' ? each.text.trim() : `${each.name}:${each.text.trim()}`)),
  );
  return {
    id: root.textOf('fullName') ?? file.slice(file.lastIndexOf('/') + 1).replace(/\.queue(?:-meta\.xml)?$/i, ''),
    // An export without them says nothing of who is in it.
    ...(inside ? { members: inside } : {}),
    ...(email ? { email } : {}),
  };
};
