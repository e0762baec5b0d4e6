import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { ReadStats } from './read-stats.js';
import { StatsController } from './stats.controller.js';

/** Figures over time, read from what verifications, deliveries and limits leave behind. */
@Module({ imports: [ApplicationsModule], controllers: [StatsController], providers: [ReadStats] })
export class StatsModule {}
