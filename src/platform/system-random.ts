import { Injectable } from '@nestjs/common';
import { randomBytes, randomFillSync, randomInt } from 'node:crypto';
import { Random } from '../shared/random.js';

const ID_BYTES = 16;

/** Ids are drawn in advance, 256 at a time: a call of the CSPRNG costs as much for one. What is secret is drawn when needed. */
const POOL_BYTES = 256 * ID_BYTES;

@Injectable()
export class SystemRandom extends Random {
  private readonly pool = Buffer.alloc(POOL_BYTES);
  private drawn = POOL_BYTES;

  id(prefix: string): string {
    if (this.drawn === POOL_BYTES) {
      randomFillSync(this.pool);
      this.drawn = 0;
    }
    this.drawn += ID_BYTES;
    return `${prefix}_${this.pool.toString('base64url', this.drawn - ID_BYTES, this.drawn)}`;
  }

  /** `randomInt` rejects instead of folding, so that every code is equally likely (NIST SP 800-63B 3.2.12). */
  digits(length: number): string {
    return String(randomInt(10 ** length)).padStart(length, '0');
  }

  bytes(size: number): Buffer {
    return randomBytes(size);
  }
}
