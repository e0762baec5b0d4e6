import { Injectable } from '@nestjs/common';
import argon2 from 'argon2';
import { HashQueue, type HashPlace } from '../../platform/hashing/hash-queue.js';
import { HASH_COSTS } from '../../platform/hashing/hash-cost.js';
import { Keyring } from '../../platform/keyring/keyring.js';
import { Runtime } from '../../platform/runtime.js';
import { Random } from '../../shared/random.js';
import type { HashSettings } from '../application/hot-state.js';
import { CodeHasher } from '../application/ports.js';

const SALT_BYTES = 16;
const DIGEST_BYTES = 32;

/**
 * argon2id with the pepper as argon2's own `secret` and the verification as `associatedData` (RFC 9106 3.1): a stolen Redis
 * holds nothing a guess could be tested against.
 */
@Injectable()
export class Argon2Hasher extends CodeHasher {
  private readonly cost: string;

  constructor(
    private readonly queue: HashQueue,
    private readonly keyring: Keyring,
    private readonly random: Random,
    runtime: Runtime,
  ) {
    super();
    const { memoryKiB, passes, lanes } = HASH_COSTS[runtime.env.hashCost];
    this.cost = [memoryKiB, passes, lanes].join(',');
  }

  enter(): HashPlace {
    return this.queue.enter();
  }

  enterAlways(): HashPlace {
    return this.queue.enterAlways();
  }

  newSettings(): HashSettings {
    return { salt: this.random.bytes(SALT_BYTES).toString('base64url'), cost: this.cost, kid: this.keyring.currentKid };
  }

  async digest(code: string, settings: HashSettings, context: string): Promise<string> {
    const [memoryCost = 0, timeCost = 0, parallelism = 0] = settings.cost.split(',').map(Number);
    const digest = await argon2.hash(code, {
      type: argon2.argon2id,
      raw: true,
      hashLength: DIGEST_BYTES,
      memoryCost,
      timeCost,
      parallelism,
      salt: Buffer.from(settings.salt, 'base64url'),
      secret: this.keyring.key('pepper', settings.kid),
      associatedData: Buffer.from(context),
    });
    return digest.toString('base64url');
  }
}
