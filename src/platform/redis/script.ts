import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { RedisConnection } from './connection.js';

/** What a script answers: its Returns line says which. */
export type ScriptReply = number | string | null | ScriptReply[];

/**
 * One Lua file. Each is one decision, atomic in Redis. The connection sends its digest and, where Redis does not know it
 * (a restart, a new primary), once its text.
 */
export class Script {
  /** Its file's name: `take-buckets`. */
  readonly name: string;
  readonly text: string;
  readonly sha1: string;

  /**
   * @param file the script's URL: `new URL('./scripts/x.lua', import.meta.url)` works from src and from dist.
   * @param parts of which it makes use: functions that stand before it, since Redis's scripts can not load one another.
   */
  constructor(file: URL, ...parts: URL[]) {
    this.name = basename(file.pathname, '.lua');
    this.text = [...parts, file].map((part) => readFileSync(part, 'utf8')).join('\n');
    this.sha1 = createHash('sha1').update(this.text).digest('hex');
  }

  run(redis: RedisConnection, keys: string[], args: (string | number | Buffer)[]): Promise<ScriptReply> {
    return redis.evaluate(this, keys, args);
  }
}
