// What the browser keeps of the workbook: the files that JupyterLite writes, in a store of its own (localForage's layout).
const NAME = "sendmail-workbook", FILES = "files", CHECKPOINTS = "checkpoints", SETTINGS = "settings";

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// The store as it is; it is made where there is none yet.
async function open() {
  const found = await settled(indexedDB.open(NAME));
  const missing = [FILES, SETTINGS].filter((name) => !found.objectStoreNames.contains(name));
  if (!missing.length) return found;
  const version = found.version + 1;
  found.close();
  const asked = indexedDB.open(NAME, version);
  asked.onupgradeneeded = () => { for (const name of missing) asked.result.createObjectStore(name); };
  return settled(asked);
}

async function within(mode, act) {
  const base = await open();
  try {
    const stores = [FILES, CHECKPOINTS, SETTINGS].filter((name) => base.objectStoreNames.contains(name));
    const transaction = base.transaction(stores, mode), done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    const result = await act(...[FILES, CHECKPOINTS, SETTINGS].map((name) => (stores.includes(name) ? transaction.objectStore(name) : null)));
    await done;
    return result;
  } finally {
    base.close();
  }
}

export const all = () => within("readonly", (files) => settled(files.getAll()));

export const read = (path) => within("readonly", (files) => settled(files.get(path)));

export const write = (file) => within("readwrite", (files) => settled(files.put(file, file.path)));

// Let JupyterLab's menus speak a language from the next page on: `locale` as it calls it.
export const speak = (locale) => within("readwrite", (files, checkpoints, settings) =>
  settled(settings.put(JSON.stringify({ locale }), "@jupyterlab/translation-extension:plugin")));

// Forget files; what JupyterLite could go back to of them, too.
export const forget = (paths) => within("readwrite", (files, checkpoints) => {
  for (const path of paths) {
    files.delete(path);
    checkpoints?.delete(path);
  }
});

// Give a file another name.
export const rename = (file, path) => within("readwrite", (files, checkpoints) => {
  files.put({ ...file, path, name: path.split("/").at(-1) }, path);
  files.delete(file.path);
  checkpoints?.delete(file.path);
});
