import type { Service } from '../../src/model/mailbox.ts';
import type { TlsFact } from '../../src/model/tls-facts.ts';
import { clientCertificateFault } from './client-certificate.ts';
import { protocolName, welcomed } from './service.ts';
import { certificateProblems } from './tls-certificate-problems.ts';
import { handshakeProblems, handshakeSymptom } from './tls-handshake-problems.ts';
import type { TlsProblem } from './tls-problem.ts';
import { runtimeProblems } from './tls-runtime-problems.ts';

const ofStartTls = (fact: TlsFact): TlsProblem | undefined => {
  const { startTls } = fact;
  switch (startTls?.kind) {
    case 'not-offered':
      return {
        kind: 'not-offered',
        grade: 'fail',
        symptom: { en: 'the server does not offer STARTTLS', ja: 'サーバーが STARTTLS に対応していません' },
      };
    case 'refused':
      return {
        kind: 'starttls-refused',
        grade: 'fail',
        symptom: {
          en: `STARTTLS is refused: "${startTls.reply}"`,
          ja: `STARTTLS が拒否されました:「${startTls.reply}」`,
        },
      };
    case 'broken':
      return {
        kind: 'starttls-broken',
        grade: 'fail',
        symptom: { en: 'the connection breaks after STARTTLS', ja: 'STARTTLS の直後に接続が切れます' },
      };
    default:
      return undefined;
  }
};

/** What is wrong with our own client certificate; it is no use then, whatever the server says. */
const ofClientCertificate = ({ clientCertificate: own, at }: TlsFact): TlsProblem[] => {
  if (!own) return [];
  const fault = clientCertificateFault(own, at);
  return fault ? [{ kind: 'client-certificate', grade: 'fail', symptom: fault }] : [];
};

/** Everything that is wrong on the way into TLS, the earliest step first. */
export const tlsProblems = (fact: TlsFact, service: Service): readonly TlsProblem[] => [
  ...(fact.mode === 'none' ? [] : ofClientCertificate(fact)),
  ...wayProblems(fact, service),
];

const wayProblems = (fact: TlsFact, service: Service): readonly TlsProblem[] => {
  if (fact.hello) {
    const { code, text } = fact.hello;
    return [
      {
        kind: 'hello',
        grade: 'fail',
        symptom: {
          en: `the server refuses the first command: "${code} ${text}"`,
          ja: `最初のコマンドが拒否されました:「${code} ${text}」`,
        },
      },
    ];
  }
  if (fact.mode === 'none') {
    if (!service.password) return [];
    return [
      {
        kind: 'clear-password',
        grade: 'warn',
        symptom: {
          en: `the ${protocolName[service.protocol]} password crosses the network unencrypted`,
          ja: `${protocolName[service.protocol]} のパスワードが暗号化されずに流れます`,
        },
      },
    ];
  }
  const stopped = ofStartTls(fact);
  if (stopped) return [stopped];
  const { handshake, greeting } = fact;
  if (!handshake) return [];
  if (handshake.kind !== 'done') {
    return [
      {
        kind: handshake.kind === 'plain' ? 'plain' : 'handshake',
        grade: 'fail',
        symptom: handshakeSymptom(handshake),
      },
    ];
  }
  const problems = [
    ...handshakeProblems(handshake, fact, service),
    ...runtimeProblems(handshake, fact, service),
    ...certificateProblems(handshake, fact, service),
  ];
  if (greeting && !welcomed(service.protocol, greeting)) {
    const line = greeting.kind === 'greeted' ? greeting.lines[0] : undefined;
    problems.push({
      kind: 'greeting',
      grade: 'fail',
      symptom:
        line === undefined
          ? { en: 'no greeting after the TLS handshake', ja: 'TLS 接続後に最初の応答がありません' }
          : { en: `the server greets with "${line}"`, ja: `サーバーの最初の応答が「${line}」です` },
    });
  }
  return problems;
};
