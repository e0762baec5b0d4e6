import { createHash } from 'node:crypto';

/**
 * Names under which a connection prepares a statement once, so that Postgres parses and plans it once and not at every call.
 * The name is made from the text: two texts can not meet under one. Texts are constants of the code, so there are few.
 */
export class StatementNames {
  private readonly names = new Map<string, string>();

  of(sql: string): string {
    const known = this.names.get(sql);
    if (known !== undefined) return known;
    const name = createHash('sha256').update(sql).digest('base64url').slice(0, 22);
    this.names.set(sql, name);
    return name;
  }
}
