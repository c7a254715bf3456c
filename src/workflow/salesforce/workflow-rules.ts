import type { Place } from '../../model/workflow/place.ts';
import type { Step } from '../../model/workflow/step.ts';
import type { Unit } from '../../model/workflow/value.ts';
import type { Defect, Trigger, Workflow } from '../../model/workflow/workflow.ts';
import { edgeTo, inSequence, triggerWith, uniqueIds, workflowWith } from '../build.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { criteriaIn } from './criteria.ts';
import { namedIn } from './flow-parts.ts';
import type { WorkflowAction } from './workflow-actions.ts';

/** Actions that are asked for by kind and name. */
export type FindAction = (type: string, name: string) => WorkflowAction | undefined;

/** One action as a step; what is defined in no file that is there may do anything. */
export const actionStep = (
  { type, name, place }: { readonly type: string; readonly name: string; readonly place: Place },
  id: string,
  find: FindAction,
): Step => {
  const found = find(type, name);
  const base = { id, canFail: false, mayHandleErrors: false };
  if (found) {
    return { ...base, ...(found.label ? { label: found.label } : {}), place: found.place, ...found.act };
  }
  if (type === 'FlowAction') return { ...base, place, kind: 'call', workflow: { name, place }, inputs: [] };
  return { ...base, place, kind: 'custom', action: { name: `${type} ${name}`, place }, effect: 'opaque', reads: [] };
};

const events: Readonly<Record<string, Pick<Trigger, 'on' | 'becomesTrue'>>> = {
  onCreateOnly: { on: 'create', becomesTrue: false },
  onCreateOrTriggeringUpdate: { on: 'save', becomesTrue: true },
  onAllChanges: { on: 'save', becomesTrue: false },
};
const units: Readonly<Record<string, Unit>> = { Hours: 'hour', Days: 'day' };

const actionsIn = (element: XmlElement): readonly { type: string; name: string; place: Place }[] =>
  element.all('actions').flatMap((each) => {
    const name = each.textOf('name');
    return name ? [{ type: each.textOf('type') ?? '', name, place: each.place }] : [];
  });

const readRule = (rule: XmlElement, object: string, objectPlace: Place, find: FindAction): Workflow => {
  const name = rule.textOf('fullName') ?? '';
  const place = rule.first('fullName')?.textPlace ?? rule.place;
  const defects: Defect[] = [{ rule: 'maint-legacy', what: 'workflow rule', found: name, place }];
  const word = rule.first('triggerType');
  const event = word && Object.hasOwn(events, word.text.trim()) ? events[word.text.trim()] : undefined;
  if (word && !event) {
    const allowed = Object.keys(events);
    defects.push({
      rule: 'trigger-invalid-enum',
      what: 'triggerType',
      found: word.text.trim(),
      allowed,
      place: word.textPlace,
    });
  }
  const unique = uniqueIds();
  const chain = (element: XmlElement): readonly Step[] =>
    inSequence(actionsIn(element).map((action) => actionStep(action, unique(action.name), find)));
  const when = criteriaIn(rule, object);
  const common = { on: event?.on ?? 'save', becomesTrue: event?.becomesTrue ?? false, ...(when ? { when } : {}) };
  const now = chain(rule);
  const main = triggerWith({ id: 'rule', ...common, to: edgeTo(now[0], rule.place), place: word?.textPlace ?? place });
  const later = rule.all('workflowTimeTriggers').map((timed, at) => {
    const steps = chain(timed);
    const amount = Number(timed.textOf('timeLength'));
    const unit = units[timed.textOf('workflowTimeTriggerUnit') ?? ''];
    const field = namedIn(timed, 'offsetFromField');
    const date = {
      ...(field ? { field: { ...field, name: field.name.slice(field.name.indexOf('.') + 1) } } : {}),
      ...(unit && Number.isFinite(amount) ? { offset: { amount, unit } } : {}),
    };
    const trigger = triggerWith({
      id: `time ${at + 1}`,
      ...common,
      phase: 'async',
      date,
      to: edgeTo(steps[0], timed.place),
      place: timed.place,
    });
    return { steps, trigger };
  });
  const again = [rule, ...rule.all('workflowTimeTriggers')]
    .flatMap(actionsIn)
    .some(({ type, name: wanted }) => find(type, wanted)?.again === true);
  const active = rule.first('active');
  const description = rule.textOf('description');
  const triggers = now.length > 0 || later.length === 0 ? [main] : [];
  return workflowWith({
    id: `${object}.${name}`,
    format: 'WR',
    kind: 'record',
    status: active?.text.trim() === 'false' ? 'inactive' : 'active',
    ...(active ? { statusPlace: active.textPlace } : {}),
    object: { name: object, place: objectPlace },
    triggers: [...triggers, ...later.map(({ trigger }) => trigger)],
    steps: [...now, ...later.flatMap(({ steps }) => steps)],
    ...(description ? { description } : {}),
    defects,
    place,
    // Its updates start rules again only where they say so.
    ...(again ? {} : { oncePerTransaction: true }),
  });
};

/** The workflow rules of one object. */
export const readRules = (root: XmlElement, object: string, find: FindAction): readonly Workflow[] =>
  root.all('rules').map((rule) => readRule(rule, object, root.place, find));
