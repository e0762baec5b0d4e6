import { Module } from '@nestjs/common';
import { AuditLog } from './audit-log.js';
import { AuditController } from './http/audit.controller.js';
import { ReadAudit } from './read-audit.js';

@Module({ controllers: [AuditController], providers: [AuditLog, ReadAudit], exports: [AuditLog] })
export class AuditModule {}
