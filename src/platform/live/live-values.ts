import type { Log } from '../log/log.js';
import type { Database, Query } from '../postgres/database.js';
import type { RedisConnection } from '../redis/connection.js';

/** What holds now: the last that could be read and was sound. */
export interface Live<Value> {
  readonly now: Value;
}

interface Topic {
  version: string;
  read: () => Promise<void>;
}

const CHANNEL = 'changed';

/** A node that heard nothing finds out by itself: with the reading, well within the 5 s that R79 allows. */
const LOOK_EVERY_MS = 2_000;

/**
 * What operators change while the service runs, as each node holds it in memory. A change is announced to all nodes by Redis and
 * found by looking every two seconds besides; what can not be read, or is not sound, leaves the last good one in place.
 */
export class LiveValues {
  private readonly topics = new Map<string, Topic>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | null = null;
  private again = false;

  /** @param redis null when this process is the only one: then whoever changes something is always here. */
  constructor(
    private readonly database: Database,
    private readonly redis: RedisConnection | null,
    private readonly log: Log,
  ) {}

  /**
   * Reads a topic now and keeps it read from now on.
   *
   * @param read gives the whole value, and throws what is not sound.
   * @throws what the first reading throws: a process that does not know its rules must not start.
   */
  async keep<Value>(topic: string, read: () => Promise<Value>): Promise<Live<Value>> {
    const version = (await this.versions()).get(topic) ?? '0';
    const live = { now: await read() };
    const readAgain = async () => {
      live.now = await read();
    };
    this.topics.set(topic, { version, read: readAgain });
    await this.begin();
    return live;
  }

  /** Part of the transaction that makes a change, last: the next reading sees both or neither. */
  async mark(topic: string, query: Query): Promise<void> {
    const sql = `INSERT INTO live_versions (topic, version) VALUES ($1, 1)
      ON CONFLICT (topic) DO UPDATE SET version = live_versions.version + 1`;
    await query(sql, [topic]);
  }

  /** After that transaction: holds on this node when it returns, and on the others as soon as they hear of it. Never throws. */
  async announce(): Promise<void> {
    this.redis?.publish(CHANNEL, '');
    await this.look();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async begin(): Promise<void> {
    if (!this.redis || this.timer) return;
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
    await this.redis.subscribe(CHANNEL, () => void this.look());
  }

  /** Never at the same time as another: a look that is asked for during one follows it, since that may have read too early. */
  private look(): Promise<void> {
    if (this.looking) this.again = true;
    this.looking ??= this.lookUntilQuiet().finally(() => (this.looking = null));
    return this.looking;
  }

  private async lookUntilQuiet(): Promise<void> {
    this.again = false;
    await this.readChanged().catch((error: unknown) => {
      this.log.failure('live.read-failed', error);
    });
    if (this.wasAskedAgain()) await this.lookUntilQuiet();
  }

  private wasAskedAgain(): boolean {
    return this.again;
  }

  private async readChanged(): Promise<void> {
    const versions = await this.versions();
    for (const [name, topic] of this.topics) {
      const version = versions.get(name) ?? '0';
      if (version === topic.version) continue;
      await topic.read().then(
        () => (topic.version = version),
        (error: unknown) => {
          this.log.failure('live.refused', error, { topic: name });
        },
      );
    }
  }

  private async versions(): Promise<Map<string, string>> {
    const rows = await this.database.query<{ topic: string; version: string }>(
      'SELECT topic, version FROM live_versions',
    );
    return new Map(rows.map(({ topic, version }) => [topic, version]));
  }
}
