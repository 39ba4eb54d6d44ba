// Keeps the whole site in the browser, so that every lesson opens without a network. Above stand EDITION, a name for all of
// it, and FILES, each file's path with its checksum. Below, JupyterLite's own worker answers what is asked of the kernel's files.
const FOLDER = new URL("./", self.location).pathname;
const OURS = `sendmail-workbook ${FOLDER} `, NAME = OURS + EDITION;
const WHOLE = `${FOLDER}.whole`; // an entry that says: nothing is missing
const CHECKSUM = "X-Checksum";
const PATIENCE = 2000; // ms from the first thing asked for: what a reader waits for comes first
const AT_ONCE = 3;
const DRIVE = /\/api\/(drive|stdin|service-worker)/;

let whole = false, filling = null;

// Goes on whenever a page asks for anything, until all is here: a browser ends its workers as it likes.
const goOn = (event) => {
  if (!whole) event.waitUntil(filling ??= fill().catch(console.warn).finally(() => { filling = null; }));
};

self.addEventListener("fetch", (event) => {
  goOn(event);
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin || !pathname.startsWith(FOLDER) || DRIVE.test(pathname)) return;
  event.stopImmediatePropagation();
  event.respondWith(answer(event.request, keyOf(pathname)));
});

self.addEventListener("message", async (event) => {
  if (event.data !== "how far") return;
  goOn(event);
  const kept = await caches.open(NAME), paths = Object.keys(FILES), here = await kept.keys();
  event.ports[0].postMessage({ kept: Math.min(here.length, paths.length), all: paths.length, whole: await isWhole(kept) });
});

const keyOf = (pathname) => (pathname.endsWith("/") ? `${pathname}index.html` : pathname);

// An edition that is here whole answers by itself, so that no page has files of two. Until then the network is asked first.
async function answer(request, key) {
  const kept = await caches.open(NAME);
  const held = (await isWhole(kept)) && (await kept.match(key));
  if (held) return held;
  const fresh = await fetch(request).catch(() => null);
  if (fresh?.ok) return fresh;
  return (await kept.match(key)) ?? (await older(key)) ?? fresh ?? Response.error();
}

// What an edition that was here before has: a page that is still open may ask for it.
async function older(key) {
  for (const name of await caches.keys()) {
    const held = name.startsWith(OURS) && (await (await caches.open(name)).match(key));
    if (held) return held;
  }
  return undefined;
}

async function isWhole(kept) {
  whole ||= Boolean(await kept.match(WHOLE));
  return whole;
}

async function fill() {
  const kept = await caches.open(NAME);
  if (await isWhole(kept)) return;
  await new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const paths = Object.keys(FILES);
  const next = async () => {
    for (let path = paths.shift(); path !== undefined; path = paths.shift()) await keep(kept, path);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  await kept.put(WHOLE, new Response(EDITION));
  for (const name of await caches.keys()) if (name.startsWith(OURS) && name !== NAME) await caches.delete(name);
}

// Put one file by: from an older edition where it is the same, else from the network. What has another checksum belongs to
// another edition, whose own worker will come.
async function keep(kept, path) {
  const key = FOLDER + path;
  if (await kept.match(key)) return;
  const before = await older(key);
  if (before?.headers.get(CHECKSUM) === FILES[path]) return void (await kept.put(key, before));
  const fresh = await fetch(key, { cache: "no-cache", priority: "low" }), bytes = await fresh.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") !== FILES[path]) throw new Error(`${path}: of another edition`);
  const type = fresh.headers.get("Content-Type") ?? "application/octet-stream";
  await kept.put(key, new Response(bytes, { headers: { "Content-Type": type, [CHECKSUM]: FILES[path] } }));
}
