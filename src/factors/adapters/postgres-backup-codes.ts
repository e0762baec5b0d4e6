import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { BackupCodes } from '../application/backup-codes.js';
import { LIST_OF, TAKE_BACKUP_CODE, TAKEN_FOR } from './take-code-sql.js';

@Injectable()
export class PostgresBackupCodes extends BackupCodes {
  constructor(private readonly database: Database) {
    super();
  }

  async listOf(applicationId: string, subject: string): Promise<{ id: string; key: string } | null> {
    const [list] = await this.database.query<{ id: string; key: string }>(LIST_OF, [applicationId, subject]);
    return list ?? null;
  }

  async take(listId: string, digest: Buffer, takenFor: string): Promise<'taken' | 'used' | 'unknown'> {
    const code = [listId, digest];
    const [row] = await this.database.query<{ taken: boolean; known: boolean }>(TAKE_BACKUP_CODE, [...code, takenFor]);
    if (row?.taken) return 'taken';
    if (!row?.known) return 'unknown';
    const [used] = await this.database.query<{ takenFor: string | null }>(TAKEN_FOR, code);
    if (!used) return 'unknown';
    return used.takenFor === takenFor ? 'taken' : 'used';
  }
}
