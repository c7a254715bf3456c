import type { StepOf } from '../../model/workflow/step.ts';
import { entryOf } from '../../reason/workflow/resolve.ts';
import type { Wrong } from './failure.ts';
import { isEmpty, isHeld, plainOf } from './held.ts';
import type { At } from './here.ts';
import { fail } from './here.ts';
import { nobodyLeft, sendDenied, senderUnverified, templateMissing, templateState } from './messages.ts';
import { partyReached } from './parties.ts';
import { whoIs } from './principal.ts';
import type { Frame } from './read.ts';
import { evaluate, readPath } from './read.ts';
import type { Mail } from './sandbox.ts';
import { filled } from './template.ts';

const senderWrong = ({ box, run, step }: At<'mail'>): Wrong | undefined => {
  if (step.from?.kind !== 'address') return undefined;
  const address = step.from.address.toLowerCase();
  const { senders } = box.project.schema;
  const known = senders?.find((sender) => sender.address.toLowerCase() === address);
  if (senders && known?.verified !== true) return senderUnverified(step.from.address);
  const { principal } = run.runner;
  const listed = principal?.complete === true && principal.roles.every(({ sendAs }) => sendAs !== undefined);
  const may = principal?.roles.some(
    ({ sendAs, everything }) => everything === true || sendAs?.some((one) => one.toLowerCase() === address),
  );
  return principal && listed && !may ? sendDenied(whoIs(run.runner), step.from.address) : undefined;
};

const templateWrong = ({ box, step }: At<'mail'>): Wrong | undefined => {
  if (step.alert?.missing) return templateMissing(step.alert.name);
  const { templates } = box.project.schema;
  if (!step.template || !templates) return undefined;
  const template = entryOf(templates, step.template.name, box.project.schema);
  if (!template) return templateMissing(step.template.name);
  return template.state === 'published' ? undefined : templateState(step.template.name, template.state);
};

/** The record that the mail speaks of. */
const frameOf = ({ box, run, step }: At<'mail'>): Frame => {
  const about = step.about ? readPath(step.about, { box, run }) : null;
  return { box, run: isHeld(about) ? { ...run, record: about } : run };
};

const textOf = (value: StepOf<'mail'>['subject'], frame: Frame, html: boolean): string | undefined => {
  if (!value) return undefined;
  const plain = plainOf(evaluate(value, frame, html));
  return plain === undefined || plain === null ? undefined : String(plain);
};

/** Captures the mail; nothing is sent. */
export const performMail = (here: At<'mail'>): void => {
  const { box, run, step, line } = here;
  const wrong = templateWrong(here) ?? senderWrong(here);
  if (wrong) fail(here, wrong);
  const reached = [...step.to, ...step.cc, ...step.bcc].map((party) => partyReached(party, { box, run }));
  const to = [...new Set(reached.flatMap(({ addresses }) => addresses))];
  const elsewhere = step.alert !== undefined && reached.length === 0;
  if (to.length === 0 && !elsewhere) fail(here, reached.find((one) => one.wrong)?.wrong ?? nobodyLeft(undefined));
  const frame = frameOf(here);
  const template = step.template && entryOf(box.project.schema.templates, step.template.name, box.project.schema);
  const subject =
    textOf(step.subject, frame, false) ??
    (template?.subject === undefined ? undefined : filled(template.subject, frame, false));
  const body = textOf(step.body, frame, step.html);
  const mail: Mail = {
    step: step.id,
    to,
    ...(step.template ? { template: step.template.name } : {}),
    ...(subject === undefined ? {} : { subject }),
    ...(body === undefined ? {} : { body }),
  };
  box.mails.push(mail);
  const titled = subject === undefined ? '' : `: ${subject.slice(0, 80)}`;
  line.because = {
    en: `would be sent to ${to.slice(0, 5).join(', ')}${titled}`,
    ja: `${to.slice(0, 5).join('、')} に送信されます${titled}`,
  };
};

export const performNotice = ({ box, run, step, line }: At<'notify'>): void => {
  const message = step.message ? evaluate(step.message, { box, run }) : null;
  const reached = step.to.flatMap((party) => partyReached(party, { box, run }).addresses);
  const words = isEmpty(message) ? '' : `: ${String(plainOf(message) ?? '?').slice(0, 80)}`;
  line.because = {
    en: `would tell ${reached.length === 0 ? 'nobody' : reached.slice(0, 5).join(', ')}${words}`,
    ja: `${reached.length === 0 ? '通知先なし' : `${reached.slice(0, 5).join('、')} に通知`}${words}`,
  };
};
