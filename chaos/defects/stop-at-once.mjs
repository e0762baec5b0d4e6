// I14: the process ends when it is asked to, with everything it has in hand.
process.prependListener('SIGTERM', () => process.exit(0));
