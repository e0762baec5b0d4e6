import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.js';
import { putEmptyCluster } from '../support/empty-cluster.js';
import { createWorld } from '../support/create-world.js';
import type { World } from '../support/world.js';

interface Ran {
  code: number;
  out: string[];
  err: string;
}

async function cli(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, { out: (line) => out.push(line), err: (line) => err.push(line) }, env);
  return { code, out, err: err.join('\n') };
}

/** As somebody does who owns the tables. */
async function tamper({ databaseUrl }: World, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`ALTER TABLE audit_log DISABLE TRIGGER USER; ${sql}`);
  await client.end();
}

describe('the command line', () => {
  let world: World;
  const ran = (...args: string[]) => cli(world.env, ...args);

  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());

  it('does nothing but migrate while migrations are pending', async () => {
    expect(await ran('application', 'create', 'early')).toEqual({
      code: 1,
      out: [],
      err: 'Migrations are pending. First run: node dist/cli.js migrate',
    });
  });

  it('migrates once, however many processes start with it', async () => {
    const runs = await Promise.all([ran('migrate'), ran('migrate'), ran('migrate')]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    const lines = runs.flatMap(({ out }) => out).sort();
    expect(lines).toEqual([
      expect.stringMatching(/^Applied Ledger\d+(, \w+\d+)*\.$/),
      'Nothing to do: the schema is up to date.',
      'Nothing to do: the schema is up to date.',
    ]);
  });

  it('prints the id of an application it made, and nothing else', async () => {
    const { code, out, err } = await ran('application', 'create', 'Müller & Söhne', '--countries', 'DE,AT');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toEqual([expect.stringMatching(/^app_[\w-]{22}$/)]);
    expect((await ran('application', 'create', 'Müller & Söhne')).err).toContain('of that name already');
  });

  it('R44 says that an application which names no countries reaches no phone, apart from its id', async () => {
    const { code, out, err } = await ran('application', 'create', 'nowhere');
    expect({ code, out }).toEqual({ code: 0, out: [expect.stringMatching(/^app_[\w-]{22}$/)] });
    expect(err).toContain('--countries DE,AT');
  });

  it('prints the secret of a key it made for an application named by id or by name', async () => {
    const { out } = await ran('application', 'create', 'shop');
    const [id = ''] = out;
    for (const application of ['shop', id]) {
      const made = await ran('key', 'create', application, '--scopes', 'verify,read');
      expect(made.out).toEqual([expect.stringMatching(/^ek_[\w-]{43}$/)]);
      expect(made.code).toBe(0);
    }
    expect(await ran('key', 'create', 'nobody', '--scopes', 'read')).toEqual({
      code: 1,
      out: [],
      err: 'There is no such application.',
    });
  });

  it("prints the secret of an operator's key", async () => {
    expect((await ran('key', 'create', '--operator')).out).toEqual([expect.stringMatching(/^ek_[\w-]{43}$/)]);
  });

  it('R91 verifies the audit log of what it did, and exits with 1 when somebody touched it', async () => {
    const { code, out } = await ran('audit', 'verify');
    expect(code).toBe(0);
    expect(out.join()).toMatch(/^The audit log is intact: 6 entries, the last one's hash is [0-9a-f]{64}\.$/);
    await tamper(world, `UPDATE audit_log SET actor = 'nobody' WHERE seq = 2`);
    expect(await ran('audit', 'verify')).toEqual({
      code: 1,
      out: [],
      err: 'The audit log is broken at entry 2: the entry was altered.',
    });
  });

  it('R77 rotates a key that is named by its id, and prints the secret of the new one', async () => {
    const client = new pg.Client({ connectionString: world.databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ id: string }>('SELECT id FROM api_keys ORDER BY created_at LIMIT 1');
    await client.end();
    const id = rows[0]?.id ?? '';
    const rotated = await ran('key', 'rotate', id, '--overlap-hours', '1');
    expect(rotated).toEqual({ code: 0, out: [expect.stringMatching(/^ek_[\w-]{43}$/)], err: '' });
    expect((await ran('key', 'rotate', id)).err).toContain('another key in its place already');
    expect((await ran('key', 'rotate', 'key_none')).err).toBe('There is no such key.');
  });

  it('explains itself when it does not understand, and exits with 2', async () => {
    for (const args of [[], ['help'], ['key', 'create', 'shop'], ['migrate', '--force']]) {
      const { code, out, err } = await ran(...args);
      expect({ code, out }).toEqual({ code: 2, out: [] });
      expect(err).toContain('key create APP --scopes verify,read');
    }
  });

  it('tells every problem of the environment, and that Postgres is away', async () => {
    const { code, err } = await cli({ NODE_ENV: 'production', PORT: 'x' }, 'migrate');
    expect(code).toBe(1);
    expect(
      err
        .split('\n')
        .slice(1)
        .map((line) => /[A-Z_]+/.exec(line)?.[0]),
    ).toEqual(['PORT', 'REDIS_URL', 'DATABASE_URL', 'SECRETS', 'PUBLIC_URL']);
    const away = { ...world.env, DATABASE_URL: 'postgres://user:hunter2@127.0.0.1:1/none' };
    expect(await cli(away, 'migrate')).toEqual({
      code: 1,
      out: [],
      err: 'Einmal can not start:\n  - DATABASE_URL: Postgres can not be reached (ECONNREFUSED)',
    });
  });
});

describe('the command line beside an embedded service', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'einmal-cli-'));
    await putEmptyCluster(join(folder, 'postgres'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('works on its database while it is stopped', async () => {
    const env = { DATA_DIR: folder };
    expect((await cli(env, 'migrate')).out).toEqual(['Nothing to do: the schema is up to date.']);
    expect((await cli(env, 'application', 'create', 'shop')).code).toBe(0);
    expect((await cli(env, 'key', 'create', 'shop', '--scopes', 'verify')).out).toHaveLength(1);
    expect((await cli(env, 'audit', 'verify')).out.join()).toContain('intact: 2 entries');
  });

  it('stays away while it runs', async () => {
    await writeFile(join(folder, 'lock'), String(process.ppid));
    const { code, err } = await cli({ DATA_DIR: folder }, 'key', 'create', '--operator');
    expect(code).toBe(1);
    expect(err).toContain(`in use by process ${String(process.ppid)}`);
  });
});
