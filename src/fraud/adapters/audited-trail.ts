import { Injectable } from '@nestjs/common';
import { AuditLog, type AuditEntry } from '../../audit/audit-log.js';
import { Trail } from '../application/ports.js';

@Injectable()
export class AuditedTrail extends Trail {
  constructor(private readonly audit: AuditLog) {
    super();
  }

  append(entry: AuditEntry): Promise<void> {
    return this.audit.append(entry);
  }
}
