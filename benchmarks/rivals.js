// What the benchmark asks of the pages that it opens. Put into each page before its own scripts.
window.rivals = (() => {
  const script = (src) => new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject }));
  });

  // Ours, as the palette asks: what `spare` allows is loaded at once for excerpts.
  const ours = async (query, limit) => {
    if (!window.pbSearch?.ask) await script(document.querySelector("form[data-script]").dataset.script);
    const { results, spare } = await pbSearch.ask(query, { limit });
    const waiting = results.slice(0, spare).filter(({ excerpt }) => !excerpt);
    await Promise.all(waiting.map(pbSearch.more));
    return results.map(({ id }) => id);
  };

  // All files that a query needs, as the search page asks.
  const complete = async (query, limit) => {
    if (!window.pbSearch?.ask) await script(document.querySelector("form[data-script]").dataset.script);
    await pbSearch.ready();
    await pbSearch.further();
    return (await pbSearch.ask(query, { limit, wide: true })).results.map(({ id }) => id);
  };

  // MiniSearch. Both ways store what a list of results needs to show.
  const FIELDS = ["title", "headings", "summary", "data", "body"];
  const storeFields = ["entry", "name", "language", "kind"];
  const plain = { fields: FIELDS, storeFields };
  const tuned = { // the documents are terms already, with spaces between them
    fields: [...FIELDS, "sounds"], storeFields,
    tokenize: (text) => text.split(" "), processTerm: (term) => term || null,
  };
  const ways = { plain, tuned };
  const texts = {};
  const minis = {};

  // Made, written and read again, so that what is asked is what a reader would have loaded.
  const make = async (library, documents, way) => {
    if (!window.MiniSearch) await script(library);
    texts[way] = await serialised(documents, ways[way]);
    minis[way] = MiniSearch.loadJSON(texts[way], ways[way]);
    return texts[way].length;
  };
  const serialised = async (documents, options) => {
    const mini = new MiniSearch(options);
    mini.addAll(await (await fetch(documents)).json());
    return JSON.stringify(mini);
  };
  const written = (way, from, to) => texts[way].slice(from, to);

  const askPlain = (query) => minis.plain.search(query).map(({ id }) => id);
  const fuzzy = (term) => /^[a-z]{4,}$/.test(term) && 0.2;
  const askTuned = (terms, typed, title) => minis.tuned.search({
    combineWith: "OR",
    queries: [
      { queries: [terms], fields: FIELDS, prefix: true, fuzzy, boost: { title } },
      { queries: [typed], fields: ["sounds"], prefix: true },
    ],
  }).map(({ id }) => id);

  // Pagefind. `languages`: the page's first; further ones are searched by an instance of their own, which takes its
  // language from the page while it is made. A result says where it leads only once its data is loaded.
  const idOf = ({ url }) => url.split("/").slice(-2).join("/").replace(/\.html$/, "");
  let results = [];
  const pagefind = async (bundle, languages, query) => {
    const engine = await import(bundle);
    results = [];
    for (const [at, language] of languages.entries()) {
      document.documentElement.lang = language;
      const instance = at ? engine.createInstance() : engine;
      await instance.init();
      results.push(...(await instance.search(query)).results);
    }
  };
  const first = async (count) => {
    const found = new Set();
    let at = 0;
    while (found.size < count && at < results.length) {
      const next = results.slice(at, at + count - found.size);
      for (const data of await Promise.all(next.map((result) => result.data()))) found.add(idOf(data));
      at += next.length;
    }
    return [...found];
  };

  return { ours, complete, make, written, askPlain, askTuned, pagefind, first };
})();
