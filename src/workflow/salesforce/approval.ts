import type { Place } from '../../model/workflow/place.ts';
import type { Edge, Party, Step } from '../../model/workflow/step.ts';
import type { State, Transition, Trigger, Workflow } from '../../model/workflow/workflow.ts';
import { inSequence, triggerWith, uniqueIds, workflowWith } from '../build.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { criteriaIn } from './criteria.ts';
import { namedIn } from './flow-parts.ts';
import { labelOf } from './label.ts';
import { actionStep, type FindAction } from './workflow-rules.ts';

const approver = (element: XmlElement): Party => {
  const type = element.textOf('type') ?? '';
  const who = namedIn(element, 'name');
  const place = who?.place ?? element.place;
  const opaque: Party = { kind: 'opaque', text: [type, who?.name].filter(Boolean).join(' '), place };
  switch (type) {
    case 'user':
      return who ? { kind: 'user', id: who.name, place } : opaque;
    case 'queue':
      return who ? { kind: 'queue', id: who.name, place } : opaque;
    case 'userHierarchyField':
      return { kind: 'superior', place };
    case 'relatedUserField':
      return who
        ? {
            kind: 'path',
            path: { root: { kind: 'record' }, segments: who.name.split('.'), text: who.name, place },
            place,
          }
        : opaque;
    default:
      // `adhoc`: whoever submits chooses.
      return opaque;
  }
};

interface ApprovalStep {
  readonly element: XmlElement;
  readonly id: string;
  readonly place: Place;
  readonly parties: readonly Party[];
  readonly takes: 'any' | 'all' | 'one';
}

const approvalStep = (element: XmlElement, id: string): ApprovalStep => {
  const assigned = element.first('assignedApprover');
  const all = assigned?.all('approver').map(approver) ?? [];
  const unanimous = assigned?.textOf('whenMultipleApprovers') === 'Unanimous';
  return {
    element,
    id,
    place: element.place,
    parties: assigned ? all : [{ kind: 'opaque', text: '', place: element.place }],
    takes: all.length < 2 ? 'one' : unanimous ? 'all' : 'any',
  };
};

/** Steps under way, with what they lead to. */
class Builder {
  readonly steps: Step[] = [];
  readonly #unique = uniqueIds();
  readonly #find: FindAction;

  constructor(find: FindAction) {
    this.#find = find;
  }

  id(wanted: string): string {
    return this.#unique(wanted);
  }

  /** The actions under an element, and where they begin; with none, where they would lead. */
  actions(element: XmlElement | undefined, then: Edge, place: Place): Edge {
    const chain = (element?.all('action') ?? []).flatMap((each) => {
      const name = each.textOf('name');
      if (!name) return [];
      return [actionStep({ type: each.textOf('type') ?? '', name, place: each.place }, this.id(name), this.#find)];
    });
    const sequence = inSequence(chain).map((step, at) => (at === chain.length - 1 ? { ...step, next: then } : step));
    this.steps.push(...sequence);
    const [first] = sequence;
    return first ? { to: first.id, place } : then;
  }
}

const final = (id: string, place: Place): State => ({ id, place, final: true, start: false });

/** `Account.Large_Deal` of `approvalProcesses/Account.Large_Deal.approvalProcess-meta.xml`. */
export const approvalIdOf = (file: string): string =>
  file.slice(file.lastIndexOf('/') + 1).replace(/\.approvalProcess(?:-meta\.xml)?$|\.xml$/i, '');

/** An approval process: a state for each step with those who decide, and the actions on the way. */
export const readApproval = (process: XmlElement, file: string, find: FindAction): Workflow => {
  const id = approvalIdOf(file);
  const object = id.slice(0, Math.max(0, id.indexOf('.')));
  const builder = new Builder(find);
  const steps = process
    .all('approvalStep')
    .map((element) => approvalStep(element, builder.id(element.textOf('name') ?? 'step')));
  const { place } = process;
  const end: Edge = { place };
  const approved = builder.actions(process.first('finalApprovalActions'), end, place);
  const rejected = builder.actions(process.first('finalRejectionActions'), end, place);

  const states: State[] = [];
  const transitions: Transition[] = [];
  const entries: Edge[] = [];
  // Each leads to the one behind it, so the last is put together first.
  for (const [at, step] of [...steps.entries()].toReversed()) {
    const { element, parties, takes } = step;
    const following = entries[0] ?? approved;
    const back = element.first('rejectBehavior')?.textOf('type') === 'BackToPrevious' ? steps[at - 1] : undefined;
    const yes = builder.actions(element.first('approvalActions'), following, element.place);
    const no = builder.actions(
      element.first('rejectionActions'),
      back ? { to: back.id, place: back.place } : rejected,
      element.place,
    );
    const label = element.textOf('label');
    builder.steps.push({
      kind: 'approval',
      id: step.id,
      ...(label ? { label } : {}),
      place: element.place,
      canFail: false,
      mayHandleErrors: false,
      approvers: parties,
      takes,
      approved: yes,
      rejected: no,
    });
    let entry: Edge = { to: step.id, place: element.place };
    const criteria = element.first('entryCriteria');
    const when = criteria ? criteriaIn(criteria, object) : undefined;
    if (criteria && when) {
      const other = element.textOf('ifCriteriaNotMet');
      const decision = builder.id(`${step.id} criteria`);
      builder.steps.push({
        kind: 'decision',
        id: decision,
        place: criteria.place,
        canFail: false,
        mayHandleErrors: false,
        takes: 'first',
        branches: [{ when, edge: entry, place: criteria.place }],
        otherwise: other === 'ApproveRecord' ? approved : other === 'RejectRecord' ? rejected : following,
        hasDefault: true,
      });
      entry = { to: decision, place: criteria.place };
    }
    entries.unshift(entry);
    const name = (state: string, where: Place) => ({ name: state, place: where });
    const next = steps[at + 1];
    transitions.unshift(
      {
        name: 'Approve',
        from: name(step.id, element.place),
        to: name(next?.id ?? 'Approved', element.place),
        place: element.place,
      },
      {
        name: 'Reject',
        from: name(step.id, element.place),
        to: name(back?.id ?? 'Rejected', element.place),
        place: element.place,
      },
    );
    states.unshift({
      id: step.id,
      ...(label ? { label } : {}),
      place: element.place,
      final: false,
      start: at === 0,
      // The place of the step: who is missing there is said once.
      assignees: { parties, takes, place: element.place },
    });
  }
  const first = builder.actions(process.first('initialSubmissionActions'), entries[0] ?? approved, place);
  const criteria = process.first('entryCriteria');
  const when = criteria ? criteriaIn(criteria, object) : undefined;
  const triggers: Trigger[] = [
    triggerWith({
      id: 'submit',
      on: 'transition',
      ...(when ? { when } : {}),
      to: first,
      place: criteria?.place ?? place,
    }),
  ];
  const recall = process.first('recallActions');
  if (recall && recall.all('action').length > 0) {
    triggers.push(
      triggerWith({ id: 'recall', on: 'transition', to: builder.actions(recall, end, place), place: recall.place }),
    );
  }
  const active = process.first('active');
  const label = labelOf(process.textOf('label'));
  const description = process.textOf('description');
  const order = Number(process.textOf('processOrder') ?? Number.NaN);
  return workflowWith({
    id,
    ...(label ? { label } : {}),
    format: 'AP',
    kind: 'states',
    status: active?.text.trim() === 'false' ? 'inactive' : 'active',
    ...(active ? { statusPlace: active.textPlace } : {}),
    ...(object ? { object: { name: object, place } } : {}),
    triggers,
    ...(Number.isFinite(order) ? { order } : {}),
    steps: builder.steps.toSorted((one, other) => one.place.line - other.place.line),
    states: [...states, final('Approved', place), final('Rejected', place)],
    transitions,
    ...(description ? { description } : {}),
    place,
  });
};
