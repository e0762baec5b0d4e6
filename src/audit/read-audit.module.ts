import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditController } from './http/audit.controller.js';
import { ReadAudit } from './read-audit.js';

/** The log as people read it; apart from the module that writes it, which applications themselves need. */
@Module({ imports: [ApplicationsModule], controllers: [AuditController], providers: [ReadAudit] })
export class ReadAuditModule {}
