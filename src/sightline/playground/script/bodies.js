// The questions of the history as they were sent, pictures included, so that a conversation can go on. In this browser.

const [DATABASE, STORE] = ["sightline", "bodies"];

function opened() {
  const asked = indexedDB.open(DATABASE, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
  return finished(asked);
}

const finished = (asked) =>
  new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });

async function inStore(mode, work) {
  const database = await opened();
  try {
    return await work(database.transaction(STORE, mode).objectStore(STORE));
  } finally {
    database.close(); // when the transaction is through
  }
}

/** Keep the body of the question that was asked `at` a time. */
export const keepBody = (at, body) => inStore("readwrite", (store) => finished(store.put(body, at)));

/** The body of the question that was asked `at` a time; undefined if it is not here. */
export const bodyAt = (at) => inStore("readonly", (store) => finished(store.get(at)));

/** The times whose bodies are here; none where the browser refuses to keep any. */
export const timesKept = () => inStore("readonly", (store) => finished(store.getAllKeys())).catch(() => []);

/** Forget every body but those of these times. */
export function keepOnly(times) {
  return inStore("readwrite", async (store) => {
    const gone = (await finished(store.getAllKeys())).filter((at) => !times.includes(at));
    await Promise.all(gone.map((at) => finished(store.delete(at))));
  }).catch(() => {}); // nothing is kept then
}
