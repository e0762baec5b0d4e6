import { z } from 'zod';
import type { MadeBackupCodes } from '../application/make-backup-codes.js';
import { BACKUP_CODES } from '../domain/backup-code.js';
import { factorBody, factorSchema } from './factor.schema.js';

export const backupCodesSchema = factorSchema
  .extend({
    backupCodes: z
      .array(z.string())
      .length(BACKUP_CODES)
      .meta({ description: 'For the person to print or to write down. Shown this once', example: ['K7QF-2MZA-XW3PD'] }),
  })
  .meta({ id: 'BackupCodes' });
export type BackupCodesBody = z.output<typeof backupCodesSchema>;

export const backupCodesBody = ({ factor, codes: backupCodes }: MadeBackupCodes): BackupCodesBody => ({
  ...{ ...factorBody(factor), backupCodes },
});
