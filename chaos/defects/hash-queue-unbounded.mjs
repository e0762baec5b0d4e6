// I12: every check is admitted and waits its turn, however long the line.
import { plantInMethod } from '../plant.mjs';

await plantInMethod('platform/hashing/hash-queue.js', 'HashQueue', 'enter', function () {
  return this.enterAlways();
});
