import { rememberFor } from '../../model/remember.ts';
import type { Schema, Template } from '../../model/workflow/schema.ts';
import type { Party, Step, StepOf } from '../../model/workflow/step.ts';
import type { Value } from '../../model/workflow/value.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { graphOf } from './graph.ts';
import { entryOf } from './resolve.ts';

export type Mail = StepOf<'mail'>;

const isMail = (step: Step): step is Mail => step.kind === 'mail';

/** The mails that some run sends. */
export const mailsOf: (workflow: Workflow) => readonly Mail[] = rememberFor((workflow) =>
  workflow.steps.filter(isMail).filter(({ id }) => graphOf(workflow).reachable.has(id)),
);

export const recipientsOf = ({ to, cc, bcc }: Mail): readonly Party[] => [...to, ...cc, ...bcc];

/** The template, where the schema lists it. */
export const templateOf = ({ template }: Mail, schema: Schema): Template | undefined =>
  template && entryOf(schema.templates, template.name, schema);

/** Nothing but blanks. */
export const isBlank = (value: Value): boolean => {
  if (value.kind === 'literal') return value.value === null || String(value.value).trim() === '';
  return value.kind === 'text' && value.parts.every((part) => typeof part === 'string' && part.trim() === '');
};

/** The address that a party stands for, where that is written down. */
export const addressOf = (party: Party | undefined, schema: Schema): string | undefined => {
  if (party?.kind === 'address') return party.address.trim();
  if (party?.kind === 'user') return entryOf(schema.users, party.id, schema)?.email;
  return party?.kind === 'queue' ? entryOf(schema.queues, party.id, schema)?.email : undefined;
};

/** `Name <a@example.jp>` and `a@example.jp` are one address, in any letter case. */
export const plainAddress = (address: string): string => {
  const open = address.lastIndexOf('<');
  const inside = open >= 0 && address.endsWith('>') ? address.slice(open + 1, -1) : address;
  return inside.trim().toLowerCase();
};
