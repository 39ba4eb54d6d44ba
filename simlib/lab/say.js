// Texts of ours in the language of the screen: the kernel sends them by their English, with places for values.

const speaker = (model) => (text, values = {}) => (model.get("words")[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
