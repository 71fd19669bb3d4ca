// node replicate.js SERVER FILE FOLDER BATCH: put the documents of FILE (one JSON a line) into a database of the
// server, then replicate it into a local one in FOLDER (LevelDB, PouchDB's own for the desktop), and print the
// milliseconds that the replication took, in batches of BATCH documents.
const fs = require("fs");
const PouchDB = require("pouchdb");

async function main(server, file, folder, batch) {
  const remote = new PouchDB(`${server}/cases`);
  const documents = fs.readFileSync(file, "utf8").trimEnd().split("\n").map(JSON.parse);
  for (let at = 0; at < documents.length; at += 500) {
    await remote.bulkDocs(documents.slice(at, at + 500));
  }
  const local = new PouchDB(folder);
  const began = process.hrtime.bigint();
  await PouchDB.replicate(remote, local, { batch_size: Number(batch) });
  const took = Number(process.hrtime.bigint() - began) / 1e6;
  const { doc_count: arrived } = await local.info();
  if (arrived !== documents.length) throw new Error(`${arrived} of ${documents.length} arrived`);
  await local.close();
  console.log(took);
}

main(...process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
