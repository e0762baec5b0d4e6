import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.js';
import { AuditTrail, type Actor } from '../application/ports.js';

@Injectable()
export class AuditLogTrail extends AuditTrail {
  constructor(private readonly auditLog: AuditLog) {
    super();
  }

  append({ keyId, applicationId }: Actor, action: string, details: Record<string, unknown>): Promise<void> {
    return this.auditLog.append({ actor: keyId, action, target: applicationId ?? 'every application', details });
  }
}
