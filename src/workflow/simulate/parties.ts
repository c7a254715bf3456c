import type { Party } from '../../model/workflow/step.ts';
import { entryOf } from '../../reason/workflow/resolve.ts';
import { semanticsOf } from '../../reason/workflow/semantics.ts';
import type { Wrong } from './failure.ts';
import type { Value } from './held.ts';
import { isEmpty, isHeld, isList, isUnknown, plainOf } from './held.ts';
import { allInactive, nobodyLeft, notAnAddress } from './messages.ts';
import type { Frame } from './read.ts';
import { readPath } from './read.ts';

/** Whom a party comes to. */
export interface Reached {
  readonly addresses: readonly string[];
  /** Why it comes to nobody. */
  readonly wrong?: Wrong;
}

const isAddress = (text: string): boolean => {
  const at = text.lastIndexOf('@');
  return at > 0 && at < text.length - 1 && !/\s/.test(text);
};

/** `info@example.co.jp` of `Info <info@example.co.jp>`. */
const bare = (text: string): string => {
  const open = text.lastIndexOf('<');
  return open >= 0 && text.endsWith('>') ? text.slice(open + 1, -1) : text;
};

const userReached = (id: string, frame: Frame): Reached => {
  const { users } = frame.box.project.schema;
  const row = frame.box.store.row('User', id);
  const email = row ? frame.box.store.read(row, 'email', frame.run.workflow.format) : undefined;
  const active = row ? frame.box.store.read(row, 'active', frame.run.workflow.format) : undefined;
  if (active === false) return { addresses: [], wrong: allInactive(`user:${id}`) };
  if (typeof email === 'string' && email !== '') return { addresses: [email] };
  if (email === null) return { addresses: [], wrong: nobodyLeft(`user:${id} email`) };
  // Known people, and this is none of them.
  if (users && !row) return { addresses: [], wrong: allInactive(`user:${id}`) };
  return { addresses: [`user:${id}`] };
};

const together = (all: readonly Reached[], nobody: Wrong): Reached => {
  const addresses = [...new Set(all.flatMap((one) => one.addresses))];
  return addresses.length > 0 ? { addresses } : { addresses, wrong: all.find((one) => one.wrong)?.wrong ?? nobody };
};

const valueReached = (value: Value, source: string, frame: Frame): Reached => {
  if (isUnknown(value)) return { addresses: [source] };
  if (isEmpty(value)) return { addresses: [], wrong: nobodyLeft(source) };
  if (isList(value))
    return together(
      value.map((one) => valueReached(one, source, frame)),
      nobodyLeft(source),
    );
  if (isHeld(value)) {
    if (value.row.object === 'User') return userReached(value.row.id, frame);
    if (value.row.object === 'Queue') return partyReached({ kind: 'queue', id: value.row.id }, frame);
    const email = frame.box.store.read(value.row, 'email', frame.run.workflow.format, value.draft);
    return valueReached(email, `${source}.email`, frame);
  }
  const text = String(plainOf(value));
  const parts = text.split(/[,;]/).flatMap((part) => (part.trim() === '' ? [] : [bare(part.trim())]));
  const addresses = parts.filter(isAddress);
  if (addresses.length > 0) return { addresses };
  if (frame.box.store.row('User', text)) return userReached(text, frame);
  if (frame.box.store.row('Queue', text)) return partyReached({ kind: 'queue', id: text }, frame);
  return { addresses: [], wrong: notAnAddress(source, text) };
};

/** A party of a definition; its place plays no part. */
type Unplaced<One> = One extends Party ? Omit<One, 'place'> : never;
type Someone = Unplaced<Party>;

export const partyReached = (party: Someone, frame: Frame): Reached => {
  const { schema } = frame.box.project;
  switch (party.kind) {
    case 'address': {
      const address = bare(party.address);
      return isAddress(address) ? { addresses: [address] } : { addresses: [], wrong: notAnAddress('to', address) };
    }
    case 'user':
      return userReached(party.id, frame);
    case 'role': {
      const id = party.id;
      if (!schema.users) return { addresses: [`role:${id}`] };
      const members = [...schema.users.values()].filter((user) => user.active && user.roles.includes(id));
      return together(
        members.map((user) => userReached(user.id, frame)),
        allInactive(`role:${id}`),
      );
    }
    case 'queue': {
      const id = party.id;
      const queue = entryOf(schema.queues, id, schema);
      if (!queue)
        return schema.queues ? { addresses: [], wrong: allInactive(`queue:${id}`) } : { addresses: [`queue:${id}`] };
      if (queue.email !== undefined) return { addresses: [queue.email] };
      if (!queue.members) return { addresses: [`queue:${party.id}`] };
      return together(
        queue.members.map((member) => userReached(member, frame)),
        allInactive(`queue:${id}`),
      );
    }
    case 'group':
      return { addresses: [`group:${party.id}`] };
    case 'path': {
      const { path } = party;
      return valueReached(readPath(path, frame), path.text, frame);
    }
    case 'owner':
    case 'creator':
    case 'submitter':
    case 'superior':
      return roleInRecord(party.kind, frame);
    case 'opaque':
      return { addresses: ['?'] };
  }
};

/** Who owns the record; who created it and that person's superior only the system knows. */
const roleInRecord = (kind: 'owner' | 'creator' | 'submitter' | 'superior', frame: Frame): Reached => {
  const { box, run } = frame;
  if (kind === 'submitter') return box.user === undefined ? { addresses: ['?'] } : userReached(box.user, frame);
  if (kind !== 'owner' || !run.record) return { addresses: ['?'] };
  const { ownerField } = semanticsOf(run.workflow.format);
  const owner = box.store.read(run.record.row, ownerField, run.workflow.format, run.record.draft);
  if (isEmpty(owner)) return { addresses: [], wrong: nobodyLeft(ownerField) };
  const id = isHeld(owner) ? owner.row.id : plainOf(owner);
  return typeof id === 'string' || typeof id === 'number'
    ? valueReached(String(id), ownerField, frame)
    : { addresses: ['?'] };
};
