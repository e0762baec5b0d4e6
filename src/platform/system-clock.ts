import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';

@Injectable()
export class SystemClock extends Clock {
  readonly offsetMs = 0;

  now(): number {
    return Date.now();
  }
}
