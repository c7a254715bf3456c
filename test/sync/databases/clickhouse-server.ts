import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../../lab/processes.ts';
import type { TlsFiles } from './tls.ts';
import { ended, missingServer, unpackedServer } from './unpacked-server.ts';

export const missingClickhouse = missingServer('clickhouse');

export interface ClickhouseServer {
  readonly url: (user?: string) => string;
  /** One statement. */
  readonly sql: (text: string) => Promise<string>;
  /** As a machine that loses its power. */
  readonly crash: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const user = (name: string, profile: string, more = ''): string =>
  `<${name}><password>${name === 'default' ? '' : 'right-s3cret'}</password><networks><ip>127.0.0.1</ip><ip>::1</ip></networks>
   <profile>${profile}</profile><quota>default</quota>${more}</${name}>`;

const users = `<yandex>
  <profiles><default/><reader><readonly>1</readonly></reader>
    <cutting><readonly>1</readonly><max_result_rows>10</max_result_rows><result_overflow_mode>break</result_overflow_mode></cutting>
    <guessing><readonly>1</readonly><group_by_overflow_mode>any</group_by_overflow_mode></guessing></profiles>
  <quotas><default/></quotas>
  <users>${user('default', 'default')}${user('reader', 'reader')}${user('cutting', 'cutting')}${user('guessing', 'guessing')}
    ${user('guest', 'default', '<allow_databases><database>other</database></allow_databases>')}</users></yandex>`;

/** A port for other servers, and those of all servers that are the shards of `cluster`. */
interface Shards {
  readonly own: number;
  readonly all: readonly number[];
}

const cluster = ({ own, all }: Shards): string => {
  const shard = (port: number): string =>
    `<shard><replica><host>127.0.0.1</host><port>${port}</port></replica></shard>`;
  return `<tcp_port>${own}</tcp_port><remote_servers><cluster>${all.map(shard).join('')}</cluster></remote_servers>`;
};

/** A server of its own in a private directory, on two ports of loopback: HTTP, and HTTPS with the certificate. */
export const startClickhouse = async (
  { port, cert, key }: Pick<TlsFiles, 'port' | 'cert' | 'key'>,
  shards?: Shards,
): Promise<ClickhouseServer> => {
  const server = unpackedServer('clickhouse');
  const directory = mkdtempSync(path.join(os.tmpdir(), 'crm-doctor-click-'));
  const at = (name: string): string => path.join(directory, name);
  for (const name of ['data', 'tmp']) mkdirSync(at(name));
  const http = await freePort();
  writeFileSync(at('users.xml'), users);
  writeFileSync(at('log'), '');
  writeFileSync(
    at('config.xml'),
    `<yandex><logger><level>warning</level><log>${at('log')}</log><errorlog>${at('log')}</errorlog></logger>
      <http_port>${http}</http_port><https_port>${port}</https_port><listen_host>127.0.0.1</listen_host>${shards ? cluster(shards) : ''}
      <path>${at('data')}/</path><tmp_path>${at('tmp')}/</tmp_path>
      <user_files_path>${at('data')}/files/</user_files_path><format_schema_path>${at('data')}/schemas/</format_schema_path>
      <users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
      <mark_cache_size>67108864</mark_cache_size><timezone>Asia/Tokyo</timezone>
      <openSSL><server><certificateFile>${cert}</certificateFile><privateKeyFile>${key}</privateKeyFile>
        <verificationMode>none</verificationMode></server></openSSL></yandex>`,
  );
  const sql = async (text: string): Promise<string> => {
    const answer = await fetch(`http://127.0.0.1:${http}/`, { method: 'POST', body: text });
    const said = await answer.text();
    if (!answer.ok) throw new Error(`${said}: ${text.slice(0, 300)}`);
    return said;
  };
  const child = await server.start('usr/sbin/clickhouse-server', [`--config-file=${at('config.xml')}`], at('log'), () =>
    sql('SELECT 1').then(
      () => true,
      () => false,
    ),
  );
  return {
    url: (name = 'default') => `clickhouse://${name}@127.0.0.1:${http}`,
    sql,
    crash: () => ended(child),
    stop: async () => {
      await ended(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
