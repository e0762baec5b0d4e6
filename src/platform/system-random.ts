import { Injectable } from '@nestjs/common';
import { randomBytes, randomInt } from 'node:crypto';
import { Random } from '../shared/random.js';

@Injectable()
export class SystemRandom extends Random {
  id(prefix: string): string {
    return `${prefix}_${randomBytes(16).toString('base64url')}`;
  }

  /** `randomInt` rejects instead of folding, so that every code is equally likely (NIST SP 800-63B 3.2.12). */
  digits(length: number): string {
    return String(randomInt(10 ** length)).padStart(length, '0');
  }

  bytes(size: number): Buffer {
    return randomBytes(size);
  }
}
