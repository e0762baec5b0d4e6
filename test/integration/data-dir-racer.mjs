// A process that races for a data folder when it is told to, and says whether it holds it. It keeps it until it is told of the
// next round's folder, so that every winner of a round is alive while the others look.
//
// argv: URL of the compiled data-dir.js. Messages in: a folder. Messages out: true when this process holds it.
const { DataDir } = await import(process.argv[2]);

process.on('message', ({ folder, at }) => {
  while (Date.now() < at);
  try {
    DataDir.lock(folder);
    process.send(true);
  } catch {
    process.send(false);
  }
});
process.send('ready');
