import type { Problem } from '../../src/model/workflow/finding.ts';
import type { Place } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { isBlank, mailsOf, templateOf } from '../../src/reason/workflow/mails.ts';

export const mailSubjectEmpty = defineRule({
  id: 'workflow.mail-subject-empty',
  severity: 'warning',
  sourceKind: 'action',
  uses: ['templates'],
  title: {
    en: 'A mail without subject or text',
    ja: '件名または本文のないメール',
  },
  about: {
    en: 'A mail without a subject is easily taken for junk, and one without text tells the reader nothing.',
    ja: '件名のないメールは迷惑メールと判定されやすく、本文のないメールでは受け取った人に何も伝わりません。',
  },
  advice: {
    en: 'Fill in the subject and the text.',
    ja: '件名と本文を入れてください。',
  },
  examples: {
    bad: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: queue:finance, subject: ' ', body: 'Please look at it.' }
    onError: [{ log: the mail was not sent }]
`,
      lines: [7],
    },
    good: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: queue:finance, subject: Won, body: 'Please look at it.' }
    onError: [{ log: the mail was not sent }]
`,
    },
    lookAlike: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: queue:finance, template: deal_won }
    onError: [{ log: the mail was not sent }]
`,
      says: {
        en: 'Both stand in the template.',
        ja: 'どちらもテンプレートにあります。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const mail of mailsOf(workflow)) {
      const { subject, body, template, alert } = mail;
      const told = (part: 'subject' | 'body', place: Place): Problem => ({
        place,
        element: mail.id,
        message:
          part === 'subject'
            ? {
                en: 'This mail has no subject, so it is easily taken for junk.',
                ja: 'このメールには件名がなく、迷惑メールと判定されやすくなります。',
              }
            : { en: 'This mail has no text.', ja: 'このメールには本文がありません。' },
      });
      if (template) {
        const known = templateOf(mail, schema);
        if (known?.subject !== undefined && known.subject.trim() === '' && !subject)
          yield told('subject', template.place);
        else if (known?.body !== undefined && known.body.trim() === '' && !body) yield told('body', template.place);
        continue;
      }
      // Both may stand elsewhere; in the native format there is nowhere else.
      if (alert || (!subject && !body && workflow.format !== 'NY')) continue;
      if (!subject || isBlank(subject)) yield told('subject', subject?.place ?? mail.place);
      else if (!body || isBlank(body)) yield told('body', body?.place ?? mail.place);
    }
  },
});
