// Words of the interface, which come with the manifest, and the elements that are made of them.
(() => {
  const pb = (window.pbSearch ??= {});
  const { lang } = document.documentElement;
  const plural = new Intl.PluralRules(lang);
  const figures = new Intl.NumberFormat(lang);
  const filled = (value) => (typeof value === "number" ? figures.format(value) : value ?? "");
  pb.filled = filled;

  // What stands there and what is filled in, by turns; `count` chooses the plural form.
  pb.phrase = (key, values = {}) => {
    const found = pb.manifest.words[key] ?? "";
    const words = typeof found === "string" ? found : found[plural.select(values.count)] ?? found.other;
    return words.split(/\{(\w+)\}/).map((part, at) => (at % 2 ? filled(values[part]) : part));
  };
  pb.say = (key, values) => pb.phrase(key, values).join("");

  // The values of a facet with their names, in the order in which they are offered.
  pb.names = (facet) => Object.fromEntries(pb.manifest.names[facet] ?? []);

  // Where to say that something is missing: an issue, a letter, or a page with those who might know.
  pb.missing = (query) => {
    const { missing } = pb.manifest;
    if (!missing) return null;
    const way = missing.startsWith("mailto:") ? "mail" : missing.includes("{title}") ? "issue" : "people";
    const title = encodeURIComponent(pb.say("missing_title", { query }));
    return { url: new URL(missing.replace("{title}", title), pb.root).href, words: pb.say(`missing_${way}`) };
  };

  // An element; a function among its attributes listens to the event of that name. Text is never markup.
  pb.make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(key, value);
      else if (value) element.setAttribute(key, value);
    }
    element.append(...children.map(filled));
    return element;
  };
  pb.button = (words, click, attributes) => pb.make("button", { type: "button", class: "plain", click, ...attributes }, words);

  // What the reader chose or did before. Storage may be closed: then nothing is remembered.
  pb.recall = (store, key) => {
    try {
      return JSON.parse(window[store].getItem(key));
    } catch {
      return null;
    }
  };
  pb.remember = (store, key, value) => {
    try {
      window[store].setItem(key, JSON.stringify(value));
    } catch {
      // Then not.
    }
  };
})();
