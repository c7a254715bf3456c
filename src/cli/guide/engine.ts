import { readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { ConfigError } from '../../config/config-error.ts';
import { findConfig, readConfig, readConfigText } from '../../config/read.ts';
import type { Engine, FoundServers, GuideService, Ran } from '../../guide/engine.ts';
import { crmSubjectsOf } from '../../model/crm/subject.ts';
import { subjectOf, subjectsOf } from '../../model/mailbox.ts';
import type { Report } from '../../model/report.ts';
import type { Text } from '../../model/text.ts';
import { handOver } from '../../report/hand-over.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { writeChange } from '../apply.ts';
import { edited } from '../apply-change.ts';
import { differenceOf } from '../apply-difference.ts';
import { targetAt } from '../apply-file.ts';
import type { Context, Spectator } from '../command.ts';
import { chosenDoor, detectServers, isVouchedFor } from '../detection.ts';
import { groundWords } from '../grounds.ts';
import { createFile, isThere } from '../init/file.ts';
import { openWorld } from '../open-world.ts';
import { redactDeep } from '../redact-report.ts';
import { candidatesIn } from './candidates.ts';
import type { GuideDemo } from './demo.ts';
import { draftText } from './draft.ts';

const detectionMs = 30_000;
const largestText = 1024 * 1024;

interface Parts {
  readonly context: Context;
  readonly runbook: Runbook;
  readonly record: Engine['record'];
  /** Private to the session. */
  readonly folder: string;
  readonly config?: string;
  readonly demo?: Pick<GuideDemo, 'dns' | 'ca' | 'directory' | 'repair'>;
}

const noServers: FoundServers = { services: [], strangers: [] };

/** The guide's hands: the same commands, detection and files as everywhere else. */
export const openEngine = ({ context, runbook, record, folder, config, demo }: Parts): Engine => {
  const { io, language, commandLine } = context;
  const given = new Map<string, string>();
  const reports = new Map<string, Report>();
  const env = (): Context['io']['env'] => ({ ...io.env, ...Object.fromEntries(given) });

  // The folder of a demo means nothing to a reader, and is gone when it ends.
  const short = (text: string): string =>
    demo ? text.replaceAll(`${demo.directory}${sep}`, '').replaceAll(demo.directory, '.') : text;

  const run = async (argv: readonly string[], watch: Spectator['listener']): Promise<Ran> => {
    if (!commandLine) throw new Error('the guide runs commands, and nobody gave it a way to');
    let report: Report | undefined;
    let said = '';
    const spectator: Spectator = {
      listener: (event) => watch('target' in event ? { ...event, target: short(event.target) } : event),
      finished: (one) => {
        report = demo ? redactDeep(one, short) : one;
        reports.set(report.run.id, report);
      },
      ...(demo?.dns ? { dns: demo.dns } : {}),
    };
    const quiet = { write: () => {}, isTTY: false, columns: 100 };
    const heard = {
      ...quiet,
      write: (text: string) => {
        said += text;
      },
    };
    const all = [...argv, '--runbook', runbook.directory, '--lang', language, '--no-input'];
    const place = demo ? { cwd: demo.directory } : {};
    await commandLine(all, { ...io, ...place, env: env(), out: quiet, err: heard }, { spectator });
    if (report) return { kind: 'ran', report };
    return { kind: 'refused', says: said.replace(/^crm-doctor: /gm, '').trim() };
  };

  const detect = async (address: string): Promise<FoundServers> => {
    const mail = { address, ...(demo?.ca === undefined ? {} : { ca: demo.ca }) };
    const { world } = await openWorld(new Map(), {
      subjects: [subjectOf(mail, false)],
      ...(demo?.dns ? { dns: demo.dns } : {}),
    });
    const ending = new AbortController();
    const deaf = io.onInterrupt(() => ending.abort());
    const late = setTimeout(() => ending.abort(), detectionMs);
    try {
      const { domain, provider, tried } = await detectServers({ mail }, world, ending.signal);
      const [smtp, imap, pop3] = [chosenDoor(tried.smtp), chosenDoor(tried.imap), chosenDoor(tried.pop3)];
      const doors = [
        ...(smtp ? [{ protocol: 'smtp', tried: smtp } as const] : []),
        ...(imap ? [{ protocol: 'imap', tried: imap } as const] : []),
        // POP3 takes messages away; where IMAP answers it is not what a CRM should use.
        ...(pop3 && !imap ? [{ protocol: 'pop3', tried: pop3 } as const] : []),
      ];
      const services = doors.map(({ protocol, tried: { door, says } }): GuideService => {
        const { host, port, security, from } = door;
        return { protocol, host, port, security, from: groundWords[from], says };
      });
      const vouched = await Promise.all(doors.map(({ tried: { door } }) => isVouchedFor(door, domain)));
      const strangers = doors.flatMap(({ tried: { door } }, at) => (vouched[at] ? [] : [door.host]));
      const known = provider?.provider;
      return {
        services,
        strangers: [...new Set(strangers)],
        ...(known
          ? { provider: { name: known.name, login: known.login, ...(known.note ? { note: known.note } : {}) } }
          : {}),
      };
    } catch (error) {
      if (ending.signal.aborted) return noServers;
      throw error;
    } finally {
      clearTimeout(late);
      deaf();
    }
  };

  const configured: Engine['configured'] = async () => {
    if (demo) return undefined;
    const file = await findConfig({ ...(config === undefined ? {} : { explicit: config }), cwd: io.cwd, env: io.env });
    if (file === undefined) return undefined;
    // What a variable holds matters when it is used; which parts there are is all that is asked here.
    const loaded = await readConfig(file, io.env, { uses: [] });
    return {
      file,
      mailboxes: loaded.mail === undefined ? [] : subjectsOf(loaded.mail).map(({ name, address }) => name ?? address),
      comparisons: (loaded.sync ?? []).map(({ name }) => name ?? ''),
      crms: loaded.crm === undefined ? [] : crmSubjectsOf(loaded.crm).map(({ name, config: { type } }) => name ?? type),
      workflows: loaded.config.workflow !== undefined,
    };
  };

  const refusedBy = (error: unknown): { readonly kind: 'refused'; readonly text: Text } => {
    if (error instanceof ConfigError) return { kind: 'refused', text: error.text };
    throw error;
  };

  return {
    language,
    cwd: io.cwd,
    run,
    reportOf: async (id) => {
      const known = reports.get(id);
      if (known) return known;
      const found = await runbook.run(id);
      return found.kind === 'found' ? found.report : undefined;
    },
    detect,
    configured,
    candidates: (what) => candidatesIn(io.cwd, what),
    look: async (path) => {
      const about = await stat(resolve(io.cwd, path)).catch(() => undefined);
      return about?.isDirectory() ? 'directory' : about ? 'file' : 'nothing';
    },
    crmTypes: async () => Object.keys((await import('../../crm/connectors.generated.ts')).connectors),
    secretOf: async (type) => {
      const { connectors } = await import('../../crm/connectors.generated.ts');
      return (await connectors[type]?.())?.secretIs ?? { en: 'password or API key', ja: 'パスワードまたは API キー' };
    },
    draft: async (parts) => {
      const file = join(folder, 'crm-doctor.yaml');
      const text = draftText(parts, {
        at: new Date().toISOString(),
        language,
        ...(demo?.ca === undefined ? {} : { ca: demo.ca }),
      });
      // What is written is what a run will read.
      readConfigText(text, file, { ...env(), MAIL_PASSWORD: 'x', CRM_SECRET: 'x' });
      await writeFile(file, text, { mode: 0o600 });
      return file;
    },
    give: (variable, value) => {
      given.set(variable, value);
    },
    prepare: async (file, change) => {
      try {
        const before = await readFile(file, 'utf8');
        const edit = edited(before, change);
        if (edit.kind === 'refused') return edit;
        const { secrets } = readConfigText(before, file, env());
        const values = [...secrets.values()].flatMap((one) => (one.kind === 'value' ? [one.value] : []));
        return { kind: 'ready', lines: differenceOf(file, { before, after: edit.after }, values) };
      } catch (error) {
        return refusedBy(error);
      }
    },
    apply: async (file, change, id) => {
      const before = await readFile(file, 'utf8');
      const edit = edited(before, change);
      if (edit.kind === 'refused') return edit;
      const target = await targetAt(file);
      if (target.kind === 'refused') return target;
      let said = '';
      const heard = {
        write: (text: string) => {
          said += text;
        },
        isTTY: false,
        columns: 100,
      };
      const done = await writeChange(
        { target, before, after: edit.after, change: edit.change, run: id, directory: runbook.directory },
        { ...context, io: { ...io, err: heard } },
      );
      if (done === 'written') return { kind: 'applied' };
      const says = said.replace(/^crm-doctor: /gm, '').trim();
      return { kind: 'refused', text: { en: says, ja: says } };
    },
    applyToCrm: async (command) => {
      const ran = await run([...command, '--apply-to-crm', '--yes'], () => {});
      if (ran.kind === 'ran') return { kind: 'applied' };
      return { kind: 'refused', text: { en: ran.says, ja: ran.says } };
    },
    handOver: async (report, { tried, since, cause }) => {
      const owner = report.diagnoses.find((one) => one.cause === cause)?.fix.owner;
      const about = report.diagnoses.filter((one) => one.cause === cause);
      return handOver(about.length === 0 ? report : { ...report, diagnoses: about }, {
        language,
        tried,
        ...(since === undefined ? {} : { since }),
        ...(owner === undefined ? {} : { owner }),
      });
    },
    keepText: async (name, text) => {
      const at = name.lastIndexOf('.');
      for (let number = 1; number < 100; number += 1) {
        const free = number === 1 ? name : `${name.slice(0, at)}-${number}${name.slice(at)}`;
        const file = join(io.cwd, free);
        if (await isThere(file)) continue;
        const done = await createFile(file, text);
        return done.kind === 'written' ? `./${free}` : undefined;
      }
      return undefined;
    },
    adopt: async (file) => {
      const to = join(io.cwd, 'crm-doctor.yaml');
      const done = await createFile(to, await readFile(file, 'utf8'));
      return done.kind === 'written' ? { kind: 'written', file: './crm-doctor.yaml' } : done;
    },
    causesOf: async (text) => {
      const [{ causesOfTexts }, { allCauses }] = await Promise.all([
        import('../../logs/sift.ts'),
        import('../../../checks/all-causes.ts'),
      ]);
      const found = causesOfTexts([text.slice(0, largestText)]).flatMap((one) => one?.cause ?? []);
      return [...new Set(found)].flatMap((id) => {
        const cause = allCauses.find((one) => one.id === id);
        return cause ? [{ cause: id, title: cause.title[language], about: cause.about[language] }] : [];
      });
    },
    met: async () => (await import('./lessons.ts')).metHere(runbook, language),
    lesson: async (met) => (await import('./lessons.ts')).lessonFrom(runbook, met, context),
    demoLesson: async (area) =>
      (await import('./demo-lesson.ts')).demoLesson(area, context, (other, its) =>
        openEngine({ context, runbook: its, record: async () => {}, folder: its.directory, demo: other }),
      ),
    record,
    ...(demo?.repair ? { repair: demo.repair } : {}),
  };
};
