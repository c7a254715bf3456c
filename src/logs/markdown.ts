import type { Language } from '../model/text.ts';
import type { LogReport } from './report.ts';
import { verdictOf } from './text.ts';
import { lineCount, localTime, troubleText, words } from './words.ts';

const cell = (text: string): string => text.replace(/[\\|`*_[\]<>#!]/g, (sign) => `\\${sign}`);

const code = (text: string): string => {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return text.includes('`') ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
};

/** The report as Markdown, for tickets. */
export const renderMarkdown = (report: LogReport, language: Language, clean: (text: string) => string): string => {
  const say = (text: string) => cell(clean(text));
  const lines: string[] = [`# crm-doctor logs`, '', say(verdictOf(report, language)), ''];
  for (const { name, error } of report.files) {
    if (error) lines.push(`- ${code(clean(name))}: ${say(troubleText(error)[language])}`);
  }
  for (const row of report.causes) {
    lines.push('', `## ${say(row.title)} (${code(row.cause)})`, '');
    lines.push(`- ${lineCount(row.count, language)}`);
    if (row.first !== null && row.last !== null) {
      lines.push(`- ${words.seen[language]}: ${localTime(row.first)} – ${localTime(row.last)}`);
    }
    if (row.hosts.length > 0) lines.push(`- ${words.hosts[language]}: ${row.hosts.map(say).join(', ')}`);
    if (row.mailboxes.length > 0) lines.push(`- ${words.mailboxes[language]}: ${row.mailboxes.map(say).join(', ')}`);
    for (const sample of row.samples) {
      lines.push(`- ${code(clean(`${sample.file}:${sample.line}`))}: ${code(clean(sample.text))}`);
    }
  }
  for (const row of report.hidden) {
    lines.push('', `## ${say(row.by)}`, '', `- ${lineCount(row.count, language)}`, `- ${say(words.hidden[language])}`);
    for (const sample of row.samples)
      lines.push(`- ${code(clean(`${sample.file}:${sample.line}`))}: ${code(clean(sample.text))}`);
  }
  if (report.unknown.lines > 0) {
    lines.push('', `## ${say(words.unknown[language])}`, '');
    for (const { count, shape } of report.unknown.shapes) lines.push(`- ${count} × ${code(clean(shape))}`);
  }
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
};
