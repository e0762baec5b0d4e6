// Loaded into a service by `NODE_OPTIONS=--import`: a hash takes as long as if it were much costlier, and works no more for it. So
// a few hundred checks are more than two nodes can do at once, on a machine of any speed.
import argon2 from 'argon2';
import { setTimeout as sleep } from 'node:timers/promises';

const TAKES_MS = 50;
const { hash } = argon2;

argon2.hash = async (...args) => {
  await sleep(TAKES_MS);
  return hash(...args);
};
