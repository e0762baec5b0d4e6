// Loaded into a service by `NODE_OPTIONS=--import`: at each argon2 hash, writes how many have begun and how many are
// running. What was refused without being hashed leaves no line.
import argon2 from 'argon2';

const hash = argon2.hash;
let begun = 0;
let running = 0;

argon2.hash = async (...args) => {
  begun += 1;
  running += 1;
  console.log(`hash ${String(begun)} running ${String(running)}`);
  try {
    return await hash(...args);
  } finally {
    running -= 1;
  }
};
