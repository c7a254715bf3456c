import type { Condition, Conditions } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Duration, Unit } from '../../model/workflow/value.ts';
import type { Defect, RunAs, Schedule, Trigger, Workflow } from '../../model/workflow/workflow.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { filtersIn, formulaIn } from './flow-conditions.ts';
import { edgeOf, namedIn } from './flow-parts.ts';
import type { FlowReader } from './flow-reader.ts';

/** Metadata API, FlowTriggerType and RecordTriggerType. */
const triggerTypes = [
  'RecordAfterSave',
  'RecordBeforeSave',
  'RecordBeforeDelete',
  'Scheduled',
  'ScheduledJourney',
  'PlatformEvent',
  'AutomationEvent',
  'Capability',
  'DataCloudDataChange',
  'DataGraphDataChange',
  'EventDrivenJourney',
  'ExternalSystemChange',
  'Segment',
  'Activation',
  'None',
];
const recordEvents: Readonly<Record<string, Trigger['on']>> = {
  Create: 'create',
  Update: 'update',
  CreateAndUpdate: 'save',
  Delete: 'delete',
  None: 'save',
};
const frequencies = ['Once', 'Daily', 'Weekly', 'OnActivate', 'Hourly', 'Monthly'];
const units: Readonly<Record<string, Unit>> = {
  Minutes: 'minute',
  Hours: 'hour',
  Days: 'day',
  Months: 'month',
  Weeks: 'week',
};
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export type FlowKind = Workflow['kind'];

export const phaseOf = (flow: XmlElement): 'before' | 'after' | 'async' => {
  const type = flow.first('start')?.textOf('triggerType') ?? '';
  if (type === 'RecordBeforeSave' || type === 'RecordBeforeDelete') return 'before';
  return type === 'PlatformEvent' || type.startsWith('Scheduled') ? 'async' : 'after';
};

const enumerated = (element: XmlElement | undefined, allowed: readonly string[], reader: FlowReader): void => {
  const found = element?.text.trim();
  if (!element || found === undefined || allowed.includes(found)) return;
  const defect: Defect = { rule: 'trigger-invalid-enum', what: element.name, found, allowed, place: element.textPlace };
  reader.defect(defect);
};

const durationOf = (path: XmlElement, reader: FlowReader): Duration | undefined => {
  const amount = Number(path.textOf('offsetNumber'));
  const unit = path.textOf('offsetUnit') ?? '';
  enumerated(path.first('offsetUnit'), Object.keys(units), reader);
  const known = Object.hasOwn(units, unit) ? units[unit] : undefined;
  return known && Number.isFinite(amount) ? { amount, unit: known } : undefined;
};

const scheduleOf = (start: XmlElement, reader: FlowReader): Schedule | undefined => {
  const schedule = start.first('schedule');
  if (!schedule) return undefined;
  const place = schedule.place;
  const frequency = schedule.textOf('frequency') ?? '';
  enumerated(schedule.first('frequency'), frequencies, reader);
  const date = namedIn(schedule, 'startDate');
  const time = schedule.first('startTime');
  const clock = time?.text.trim() ?? '';
  const hours = clock.slice(0, 5);
  const zoneIgnored = time && /Z$/i.test(clock) ? { zoneIgnored: time.textPlace } : {};
  const starts = date ? { start: date } : {};
  if (frequency === 'Once') {
    return { timing: { kind: 'once', at: `${date?.name ?? ''}T${clock.replace(/Z$/i, '')}`, place }, ...zoneIgnored };
  }
  if (!/^\d\d:\d\d/.test(clock))
    return { timing: { kind: 'unreadable', text: clock, place: time?.textPlace ?? place }, ...starts };
  const day = new Date(`${date?.name ?? ''}T00:00:00Z`).getUTCDay();
  const weekday = weekdays[day];
  const at = { kind: 'at' as const, time: hours, place };
  return {
    timing: frequency === 'Weekly' && weekday ? { ...at, days: [weekday] } : at,
    ...zoneIgnored,
    ...starts,
  };
};

const base = (place: Place): Pick<Trigger, 'becomesTrue' | 'once' | 'onImport' | 'place'> => ({
  becomesTrue: false,
  once: false,
  onImport: true,
  place,
});

const entryConditions = (start: XmlElement, reader: FlowReader): Conditions | undefined => {
  const formula = start.first('filterFormula');
  return formula ? formulaIn(formula, reader) : filtersIn(start, { kind: 'record' }, reader);
};

const onOf = (start: XmlElement, kind: FlowKind): Trigger['on'] => {
  if (kind === 'scheduled') return 'schedule';
  if (kind === 'event') return 'event';
  if (kind === 'screen' || kind === 'manual') return 'manual';
  if (kind === 'called') return 'call';
  const word = start.textOf('recordTriggerType') ?? '';
  if (start.textOf('triggerType') === 'RecordBeforeDelete') return 'delete';
  return (Object.hasOwn(recordEvents, word) ? recordEvents[word] : undefined) ?? 'save';
};

/** A scheduled path after the save, or one that runs as soon as the save is done. */
const laterPath = (path: XmlElement, main: Trigger, reader: FlowReader): Trigger => {
  const { schedule: _, to: __, ...same } = main;
  const to = edgeOf(path.first('connector'));
  const place = path.place;
  const id = path.textOf('name') ?? 'async';
  const common = { ...same, id, place, phase: 'async' as const, ...(to ? { to } : {}) };
  if (path.textOf('pathType') === 'AsyncAfterCommit') return common;
  const offset = durationOf(path, reader);
  const field = path.textOf('timeSource') === 'RecordField' ? namedIn(path, 'recordField') : undefined;
  return { ...common, date: { ...(field ? { field } : {}), ...(offset ? { offset } : {}) } };
};

/** All ways in: the start, its scheduled and asynchronous paths, and the first element that older flows name. */
export const triggersOf = (flow: XmlElement, kind: FlowKind, reader: FlowReader): readonly Trigger[] => {
  const triggers: Trigger[] = [];
  const start = flow.first('start');
  if (start) {
    enumerated(start.first('triggerType'), triggerTypes, reader);
    enumerated(start.first('recordTriggerType'), Object.keys(recordEvents), reader);
    const to = edgeOf(start.first('connector'));
    const when = entryConditions(start, reader);
    const schedule = kind === 'scheduled' ? scheduleOf(start, reader) : undefined;
    const event = kind === 'event' ? namedIn(start, 'object') : undefined;
    const main: Trigger = {
      ...base(start.place),
      id: 'start',
      on: onOf(start, kind),
      phase: reader.phase,
      ...(when ? { when } : {}),
      becomesTrue: start.textOf('doesRequireRecordChangedToMeetCriteria') === 'true',
      ...(schedule ? { schedule } : {}),
      ...(event ? { event } : {}),
      ...(to ? { to } : {}),
    };
    const later = start.all('scheduledPaths').map((path) => laterPath(path, main, reader));
    // A start that only has other ways out is none itself.
    if (to || (later.length === 0 && !flow.first('startElementReference'))) triggers.push(main);
    triggers.push(...later);
  }
  const first = flow.first('startElementReference');
  if (first) {
    triggers.push({
      ...base(first.place),
      id: 'startElementReference',
      ...processEvent(flow, kind),
      phase: reader.phase,
      to: { to: first.text.trim(), place: first.textPlace },
    });
  }
  return triggers;
};

/** What the retired Process Builder kept of its trigger. */
export const processSetting = (flow: XmlElement, name: string): XmlElement | undefined =>
  flow
    .all('processMetadataValues')
    .find((each) => each.textOf('name') === name)
    ?.first('value')
    ?.first('stringValue');

const processEvent = (flow: XmlElement, kind: FlowKind): Pick<Trigger, 'on' | 'when'> => {
  if (kind === 'record') {
    const type = processSetting(flow, 'TriggerType');
    const place = (type ?? flow).place;
    // Its criteria are its first decisions.
    const condition: Condition = { kind: 'opaque', text: 'criteria', reads: [], place };
    return {
      on: type?.text.trim() === 'onCreateOnly' ? 'create' : 'save',
      when: { condition, tests: [], place },
    };
  }
  if (kind === 'event') return { on: 'event' };
  return { on: kind === 'screen' ? 'manual' : 'call' };
};

/** What starts flows of this kind, and whether a person sees them. */
export const kindOf = (flow: XmlElement): FlowKind => {
  const process = flow.textOf('processType') ?? '';
  const type = flow.first('start')?.textOf('triggerType') ?? '';
  if (type.startsWith('Record')) return 'record';
  if (type.startsWith('Scheduled')) return 'scheduled';
  if (type !== '' && type !== 'None' && type !== 'Capability') return 'event';
  if (process === 'Workflow') return 'record';
  if (process === 'CustomEvent') return 'event';
  return screenKinds.has(process) ? 'screen' : 'called';
};

const screenKinds = new Set([
  'Flow',
  'LoginFlow',
  'Survey',
  'SurveyEnrich',
  'ContactRequestFlow',
  'FieldServiceMobile',
  'FieldServiceWeb',
  'CustomerLifecycle',
  'DigitalForm',
  'Appointments',
  'ActionPlan',
  'Journey',
]);

const runModes = ['DefaultMode', 'SystemModeWithSharing', 'SystemModeWithoutSharing'];

/** Who runs it: what the record, the clock or an event starts is the system, and nobody can choose. */
export const runAsOf = (
  flow: XmlElement,
  kind: FlowKind,
  reader: FlowReader,
): Pick<Workflow, 'runAs' | 'runAsStated' | 'runAsChoosable' | 'runAsPlace'> => {
  const mode = flow.first('runInMode');
  enumerated(mode, runModes, reader);
  const choosable = kind === 'screen' || kind === 'called' || kind === 'manual';
  const word = mode?.text.trim();
  const asked: RunAs | undefined =
    word === 'SystemModeWithSharing'
      ? { kind: 'system', sharing: true }
      : word === 'SystemModeWithoutSharing'
        ? { kind: 'system' }
        : word === 'DefaultMode'
          ? { kind: 'user' }
          : undefined;
  return {
    runAs: choosable ? (asked ?? { kind: 'user' }) : { kind: 'system' },
    runAsStated: choosable && asked !== undefined,
    runAsChoosable: choosable,
    ...(mode ? { runAsPlace: mode.textPlace } : {}),
  };
};
