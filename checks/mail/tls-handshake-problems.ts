import type { Service } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import type { Handshake, TlsFact } from '../../src/model/tls-facts.ts';
import { rulesOf, versionRank } from '../../src/reason/runtimes.ts';
import { weakBelowBits } from './runtimes.ts';
import type { Stood, TlsProblem } from './tls-problem.ts';
import { takenAsCrm } from './tls-runtime-problems.ts';

/** What is wrong with the version, the suite and the keys of a handshake that stood. */
export const handshakeProblems = (done: Stood, fact: TlsFact, service: Service): TlsProblem[] => {
  const problems: TlsProblem[] = [];
  const rules = rulesOf(service);
  if (/^(SSLv3|TLSv1|TLSv1\.1)$/.test(done.version)) {
    problems.push({
      kind: 'protocol-too-old',
      // An old runtime, known by its version, still speaks it.
      grade: rules.versionKnown && versionRank(rules.oldest) <= versionRank(done.version) ? 'warn' : 'fail',
      symptom: { en: `the server speaks only ${done.version}`, ja: `サーバーが ${done.version} までしか話せません` },
    });
  } else if (!done.cipherIsCommon) {
    problems.push({
      kind: 'cipher',
      grade: 'fail',
      symptom: { en: `the server offers only ${done.cipher}`, ja: `サーバーが ${done.cipher} しか提示しません` },
    });
  }
  if (done.dhBits !== undefined && done.dhBits < weakBelowBits) {
    problems.push({
      kind: 'dh',
      grade: done.dhBits < rules.minimumBits.dh && !takenAsCrm(fact, /DH_KEY_TOO_SMALL/) ? 'fail' : 'warn',
      symptom: {
        en: `the Diffie-Hellman group has only ${done.dhBits} bits`,
        ja: `Diffie-Hellman の鍵長が ${done.dhBits} ビットしかありません`,
      },
    });
  }
  return problems;
};

/** How a handshake ended that did not stand. */
export const handshakeSymptom = (handshake: Exclude<Handshake, Stood>): Text => {
  switch (handshake.kind) {
    case 'plain':
      return {
        en: `the server starts without encryption: "${handshake.line}"`,
        ja: `サーバーは暗号化なしで話し始めます:「${handshake.line}」`,
      };
    case 'failed':
      return {
        en: `the TLS handshake fails: ${handshake.says}`,
        ja: `TLS のハンドシェイクに失敗します: ${handshake.says}`,
      };
    case 'silent':
      return { en: 'no answer to the TLS handshake', ja: 'TLS のハンドシェイクに応答がありません' };
    case 'closed':
      return { en: 'the server closes during the TLS handshake', ja: 'TLS のハンドシェイク中に接続が閉じられます' };
    case 'reset':
      return {
        en: 'the connection is reset during the TLS handshake',
        ja: 'TLS のハンドシェイク中に接続がリセットされます',
      };
  }
};
