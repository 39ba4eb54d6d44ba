// Texts of ours in the language of a notebook, which its metadata says: by their English, with places for values.
const LANGUAGES = ["ja"];
let words = {};

export async function load() {
  for (const name of LANGUAGES) words[name] = await fetch(new URL(`words_${name}.json`, import.meta.url)).then((answer) => answer.json());
}

export const languageOf = (panel) => panel.context.model.getMetadata?.("lang") ?? "en";

export const speaker = (language) => (text, values = {}) =>
  (words[language]?.[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
