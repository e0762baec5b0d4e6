// I7: somebody wanted to see what happens.
import { plantInMethod } from '../plant.mjs';

await plantInMethod('platform/system-random.js', 'SystemRandom', 'digits', (digits, length) => {
  const made = digits(length);
  console.log(JSON.stringify({ level: 20, event: 'code.made', made }));
  return made;
});
