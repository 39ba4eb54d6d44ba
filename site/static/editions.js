// A lesson that was edited here stands before the site's. When the site has a newer edition of it, the edited one keeps
// standing beside it under another name; one in which nothing but outputs is new gives way.
import { all, forget, rename } from "./store.js";

const LIST = new URL("../editions.json", import.meta.url);

export async function makeRoom() {
  const editions = await fetch(LIST).then((answer) => answer.json());
  for (const file of await all()) {
    const edition = file.content?.metadata?.edition;
    if (!edition || !editions[file.path] || editions[file.path] === edition) continue;
    if ((await editionOf(file.content)) === edition) await forget([file.path]);
    else await rename(file, file.path.replace(/\.ipynb$/, ` (yours, edition ${edition}).ipynb`));
  }
}

// As tools/browser_site/lessons.py names it.
export async function editionOf({ cells }) {
  if (!globalThis.crypto?.subtle) return "unknown";
  const sources = cells.map(({ source }) => (Array.isArray(source) ? source.join("") : source)).join("\0");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(sources)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 12);
}
