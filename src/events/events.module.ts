import { Module } from '@nestjs/common';
import { ApplicationEvents } from './application-events.js';

@Module({ providers: [ApplicationEvents], exports: [ApplicationEvents] })
export class EventsModule {}
