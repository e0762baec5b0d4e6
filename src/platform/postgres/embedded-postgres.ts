import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The pool replaces its one connection after a failed statement, and the new one arrives before the old one has gone. */
const OVERLAPPING = 4;

/**
 * Postgres as WASM in this process (PGlite), reached through its own socket server on a unix socket, so that the same driver,
 * migrations and SQL run as in production. All connections share one session: the pool must have exactly one.
 */
export class EmbeddedPostgres {
  private constructor(
    /** Folder of the unix socket, given to the driver as its host. In the temporary folder: a socket's path is at most 107 bytes. */
    readonly socketFolder: string,
    private readonly database: PGlite,
    private readonly server: PGLiteSocketServer,
  ) {}

  /** @param folder where the data rests; created when absent. The caller holds its lock. */
  static async open(folder: string): Promise<EmbeddedPostgres> {
    const database = await PGlite.create(folder);
    const socketFolder = await mkdtemp(join(tmpdir(), 'einmal-'));
    const path = join(socketFolder, '.s.PGSQL.5432');
    const server = new PGLiteSocketServer({ db: database, path, maxConnections: OVERLAPPING });
    await server.start();
    return new EmbeddedPostgres(socketFolder, database, server);
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.database.close();
    await rm(this.socketFolder, { recursive: true, force: true });
  }
}
