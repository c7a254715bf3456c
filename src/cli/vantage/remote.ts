import { release, type as systemType } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { subjectOf } from '../../model/mailbox.ts';
import { createRedactor } from '../../reason/redact.ts';
import { recording } from '../../run/record.ts';
import { Ended } from '../../run/run.ts';
import { newRunId } from '../../runbook/run-id.ts';
import { giveFile } from '../../world/given-files.ts';
import { runMail } from '../mail-run.ts';
import { openWorld } from '../open-world.ts';
import { redactDeep, redactReport } from '../redact-report.ts';
import { placeIn } from '../report-error.ts';
import type { VantageAnswer, VantageRequest } from './request.ts';

const nothing = (): void => undefined;

const answerTo = async (request: VantageRequest, signal: AbortSignal): Promise<VantageAnswer> => {
  const system = `${systemType()} ${release()}`;
  for (const [name, text] of request.files) giveFile(name, text);
  const subjects = request.mailboxes.map(({ config, path, label }) => subjectOf(config, path !== 'mail', label));
  const sources = new Map(request.secrets.map(([id, value]) => [id, { kind: 'value', value } as const]));
  const redact = createRedactor([...sources.values()].map(({ value }) => value).filter((value) => value !== ''));
  try {
    const opened = await openWorld(sources, {
      subjects,
      mailboxes: subjects.length,
      connectionsPerPort: request.connectionsPerPort,
    });
    const { world, taken } = recording(opened.world);
    const raw = await runMail({
      id: newRunId(world.clock.now()),
      command: 'mail',
      target: request.target,
      version: request.version,
      language: request.language,
      subjects,
      selection: { only: request.only, skip: request.skip, offline: false },
      failOn: request.failOn,
      world,
      signal,
      listener: nothing,
    });
    return { report: redactReport(raw, redact), evidence: redactDeep(taken(), redact), system };
  } catch (error) {
    const place = placeIn(error);
    if (!place) throw error;
    const where = place.file === undefined ? '' : `${place.file}: `;
    const { en, ja } = place.text;
    return { report: null, evidence: null, system, error: { en: redact(where + en), ja: redact(where + ja) } };
  }
};

/**
 * The part that runs on the CRM's host: one request comes in, one answer goes out. The input stays open as long as the
 * other side wants to know; its end, early or after the answer, ends everything here.
 */
export const serve = (input: Readable, output: Writable, start: Buffer, nonce: string): void => {
  const ending = new AbortController();
  let all = start;
  let asked = false;
  const work = async (request: VantageRequest): Promise<void> => {
    setTimeout(() => ending.abort(new Ended('deadline')), request.timeoutMs).unref();
    const answer = Buffer.from(JSON.stringify(await answerTo(request, ending.signal)));
    output.write(`\n@crm-doctor ${nonce} answer ${answer.length}\n`);
    output.write(answer, () => process.exit(0));
  };
  const read = (): void => {
    if (asked || all.length < 4 || all.length < 4 + all.readUInt32BE(0)) return;
    asked = true;
    // Our own other half has written it.
    const request = JSON.parse(all.subarray(4, 4 + all.readUInt32BE(0)).toString()) as VantageRequest;
    all = Buffer.alloc(0);
    work(request).catch((error: unknown) => {
      output.write(`\n@crm-doctor ${nonce} failed ${error instanceof Error ? error.name : 'error'}\n`, () =>
        process.exit(3),
      );
    });
  };
  const cut = (): void => process.exit(129);
  input.on('data', (chunk: Buffer) => {
    if (asked) return;
    all = Buffer.concat([all, chunk]);
    read();
  });
  input.once('end', cut);
  input.once('error', cut);
  output.on('error', cut);
  read();
  input.resume();
};
