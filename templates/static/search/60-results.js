// What a result looks like, in the palette and on the search page.
(() => {
  const pb = (window.pbSearch ??= {});
  const { make } = pb;
  const form = document.querySelector("form[data-script]");
  pb.root = new URL(form.dataset.root, location.href);

  // Whether results in other languages are wanted too.
  pb.both = () => pb.recall("localStorage", "pb-both") !== false;
  pb.chooseBoth = (both) => pb.remember("localStorage", "pb-both", both);
  pb.bothSwitch = (changed) => {
    if (document.querySelectorAll("[data-language]").length < 2) return "";
    const change = ({ target }) => { pb.chooseBoth(target.checked); changed(); };
    const box = make("input", { type: "checkbox", role: "switch", change });
    box.checked = pb.both();
    return make("label", { class: "switch" }, box, pb.say("both"));
  };

  // The page's language comes first; what is found in others stands below, under the language's name.
  pb.groups = (results) => {
    const groups = new Map();
    for (const result of results) {
      const name = result.foreign ? pb.say("other_language", { language: tongue(result).textContent }) : "";
      groups.set(name, [...(groups.get(name) ?? []), result]);
    }
    return [...groups];
  };
  // The link to the edition in the language of a result; its words are the language's own name.
  const tongue = ({ language }) => document.querySelector(`[data-language="${language}"]`);

  const marked = (text, answer) => {
    const parts = [];
    let end = 0;
    for (const [from, to] of pb.marks(text, answer)) {
      parts.push(text.slice(end, from), make("mark", {}, text.slice(from, to)));
      end = to;
    }
    return [...parts, text.slice(end)];
  };

  // An option has one line, and the words stand near its beginning.
  const near = (excerpt, answer) => {
    const at = (pb.marks(excerpt, answer)[0]?.[0] ?? 0) - Math.round(innerWidth / 32);
    return at > 0 ? `…${excerpt.slice(at).replace(/^([\udc00-\udfff]|[\p{Script=Latin}\p{N}'’-]{1,10}\s)/u, "")}` : excerpt;
  };

  const badge = ({ state, days, floor }) => {
    const attributes = { class: "badge", "data-state": state, "data-days": days?.join(" "), "data-floor": floor };
    const mark = make("span", attributes, pb.names("state")[state]);
    window.pbStates?.mark(mark);
    return mark;
  };

  // A result. As an option of a list the whole of it is the link, otherwise its title.
  const held = new WeakMap();
  pb.hit = (result, answer, option) => {
    const { tier, foreign } = result;
    const lang = foreign && tongue(result).lang;
    const words = [make("span", { lang }, ...marked(result.title, answer))];
    if (tier) words.unshift(make("span", { class: `tier-shape tier-${tier}`, "aria-hidden": "true" }, "●"), " ");
    if (foreign) words.push(" ", make("span", { class: "tongue", lang }, tongue(result).textContent));
    const title = make(option ? "span" : "a", { class: "hit-title" }, ...words);
    const where = make("span", { class: "hit-where" });
    const text = make("span", { class: "hit-text", lang });
    const shape = option ? { role: "option", tabindex: "-1" } : {};
    const hit = make(option ? "a" : "li", { class: "hit", ...shape }, title, badge(result), where, text);
    const link = option ? hit : title;
    link.addEventListener("click", (event) => opened(event, link, answer));
    const show = ({ heading, excerpt }) => {
      link.href = new URL(result.url, pb.root).href + (heading ? `#${heading.anchor}` : "");
      const place = heading ? [" › ", make("span", { lang }, ...marked(heading.text, answer))] : [];
      where.replaceChildren(make("span", {}, pb.names("kind")[result.kind]), ...place);
      text.replaceChildren(...marked(option ? near(excerpt, answer) : excerpt, answer));
    };
    show(result);
    held.set(hit, { result, show });
    return hit;
  };

  // The best heading and what stands there, where they have not come with the answer: until then a result says what
  // its entry is about.
  pb.complete = (hit) => {
    const it = held.get(hit);
    if (!it || it.result.whole) return null;
    return (it.whole ??= pb.more(it.result).then(it.show, () => {}));
  };

  // They are loaded for what is seen, once the reader moves: most find theirs by the titles.
  let waiting = [];
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) pb.complete(target);
  });
  const moved = ({ key }) => {
    if (!key || /^(Arrow|Page|Tab)/.test(key)) for (const hit of waiting.splice(0)) seen.observe(hit);
  };
  for (const type of ["pointermove", "wheel", "touchmove", "keydown"]) {
    document.addEventListener(type, moved, { capture: true, passive: true });
  }
  // The first `spare` of them at once: so many files may still be loaded.
  pb.unfold = (hits, spare = 0) => {
    seen.disconnect();
    waiting = [...hits];
    for (const hit of waiting.slice(0, spare)) pb.complete(hit);
  };

  // The search is kept, and the page that is opened in its place can mark the words.
  const opened = ({ ctrlKey, metaKey, shiftKey }, { pathname, hash }, answer) => {
    pb.keep(answer.query);
    if (ctrlKey || metaKey || shiftKey || !answer.query) return;
    pb.remember("sessionStorage", "pb-found", { path: pathname, answer: { ...answer, results: [], counts: null } });
    if (pathname === location.pathname && hash) pb.further().then(() => pb.found(), () => {});
  };

  // The last searches, on this device alone.
  pb.recent = () => [pb.recall("localStorage", "pb-recent") ?? []].flat().filter((query) => typeof query === "string");
  pb.forget = (gone) => pb.remember("localStorage", "pb-recent", pb.recent().filter((query) => query !== gone));
  pb.keep = (query) => {
    const others = pb.recent().filter((other) => other.toLowerCase() !== query.toLowerCase());
    if (query) pb.remember("localStorage", "pb-recent", [query, ...others].slice(0, 8));
  };

  // How the words were understood, where that is not as they were typed.
  pb.notes = ({ spelled, heard }) => [["spelled", spelled], ["heard", heard]].filter(([, word]) => word)
    .map(([key, word]) => make("p", {}, ...pb.phrase(key, { word: make("strong", {}, word) })));

  // Nothing was found: what to try, and whom to tell.
  pb.nothing = ({ query, suggested }, again) => {
    const missing = pb.missing(query);
    const instead = () => pb.button(suggested, () => again(suggested));
    return [
      ...(suggested ? [make("p", {}, ...pb.phrase("suggested", { query: instead() }))] : []),
      make("p", { class: "quiet" }, pb.say("tips")),
      ...(missing ? [make("p", {}, make("a", { href: missing.url }, missing.words))] : []),
    ];
  };
})();
