// Texts of ours in the language of the lesson: by their English, with places for values.
let words = {};

export const say = (text, values = {}) => (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

export async function speak(language) {
  document.documentElement.lang = language;
  if (language !== "en") words = await fetch(new URL(`words_${language}.json`, import.meta.url)).then((answer) => answer.json());
}
