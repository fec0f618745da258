// Since your last visit: what changed is marked until it was seen. What was seen is remembered in this
// browser alone, by the digests of entries; without storage, or on a first visit, nothing is marked.
(() => {
  const root = document.documentElement;
  const { news, first } = root.dataset;
  const recall = (store, key) => {
    try {
      return JSON.parse(window[store].getItem(key));
    } catch {
      return null;
    }
  };
  const remember = (store, key, value) => {
    try {
      window[store].setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  };
  const placeOf = (key) => `pb-seen:${key}`;

  // The first version of all has nothing to tell. Whoever reads it is no newcomer to the next one.
  if (first && !recall("localStorage", placeOf(first))?.seen) remember("localStorage", placeOf(first), { seen: {} });
  if (!news) return;
  const base = new URL(news.replace(/changes\/[^/]*$/, "") || ".", location.href);
  const main = document.getElementById("pb-main");
  const LISTS = ".row-title, .needs li li, .tier-items li, .recent li, .uses li > div, .builds-on li, .stages li, .cards li";
  const MOST_KEPT = 24; // digests of an entry

  const plural = new Intl.PluralRules(root.lang);
  const figures = new Intl.NumberFormat(root.lang);
  const say = (key, values = {}) => {
    const found = window.pbChanges.words[key];
    const words = typeof found === "string" ? found : found[plural.select(values.count)] ?? found.other;
    return words.replace(/\{(\w+)\}/g, (_, name) => (name === "count" ? figures.format(values.count) : values[name]));
  };
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const line = (pieces) => make("li", {}, ...pieces.map(([mark, text]) => (mark ? make(mark === "-" ? "del" : "ins", {}, text) : text)));

  const begin = () => {
    const { key, items } = window.pbChanges;
    const place = placeOf(key);
    const stored = recall("localStorage", place);
    const seen = new Map(Object.entries(stored?.seen ?? {}));
    const first = !stored?.seen; // what was there before is no news to a newcomer, in whatever language
    const known = (id) => [seen.get(id) ?? []].flat();
    const has = (id, digest) => known(id).includes(digest);
    const unseen = ({ id, rounds }) => {
      const last = rounds.findIndex(({ digest }) => has(id, digest));
      return last < 0 ? rounds : rounds.slice(0, last);
    };
    const take = ({ id, rounds }) => {
      const digests = new Set([...rounds.map(({ digest }) => digest), ...known(id)]);
      seen.set(id, [...digests].slice(0, MOST_KEPT));
    };
    const keep = () => remember("localStorage", place, { seen: Object.fromEntries(seen) });

    if (first) items.forEach(take);
    const open = first && !keep();
    const urlOf = ({ url }) => new URL(url, base).href;
    const waiting = new Map(open ? [] : items.map((item) => [item, unseen(item)]).filter(([, rounds]) => rounds.length));

    // The entry that this page shows is seen now; what was new in it stays for as long as this tab is open.
    const here = location.href.split("#")[0];
    const own = items.find((item) => urlOf(item) === here);
    if (own) {
      const kept = `${place}:${own.id}`;
      const rounds = waiting.get(own) ?? own.rounds.filter(({ digest }) => (recall("sessionStorage", kept) ?? []).includes(digest));
      if (rounds.length) tell(rounds);
      if (waiting.delete(own)) {
        remember("sessionStorage", kept, rounds.map(({ digest }) => digest));
        take(own);
        keep();
      }
    }
    mark(waiting, urlOf);
    count(waiting.size);
    const section = document.getElementById("pb-since");
    if (section && !open) list(section, waiting, first, urlOf, () => {
      items.forEach(take);
      keep();
      document.querySelectorAll(".unseen").forEach((element) => element.remove());
    });
  };

  // On the entry's own page: what is new in it.
  const tell = (rounds) => {
    const words = say(rounds.some((round) => round.new) ? "title_new" : "title");
    const parts = rounds.flatMap(({ since, lines }) => [make("p", { class: "quiet" }, say("since", { name: since })), make("ul", { class: "changed-lines" }, ...lines.map(line))]);
    const all = make("a", { href: new URL(`${window.pbChanges.code}/changes.html`, base).href }, say("all"));
    const box = make("section", { class: "notice since", "aria-label": words }, make("p", { class: "strong" }, words), ...parts, make("p", {}, all));
    const status = make("div", { role: "status" });
    (main.querySelector("article > .head") ?? main.firstElementChild).after(status);
    status.append(box);
  };

  // In lists and on cards.
  const mark = (waiting, urlOf) => {
    const rounds = new Map([...waiting].map(([item, found]) => [urlOf(item), found]));
    for (const holder of main.querySelectorAll(LISTS)) {
      for (const link of holder.querySelectorAll("a[href]")) {
        const found = rounds.get(link.href.split("#")[0]);
        if (!found || link.closest(LISTS) !== holder) continue;
        const words = say(found.some((round) => round.new) ? "added" : "changed");
        if (link.nextElementSibling?.textContent === words) continue; // the page itself says so
        link.after(" ", make("span", { class: "new-mark unseen" }, words));
      }
    }
  };

  const count = (size) => {
    if (!size) return;
    const link = [...document.querySelectorAll(".side a")].find((a) => a.href.split("#")[0] === new URL(`${window.pbChanges.code}/changes.html`, base).href);
    const words = make("span", { class: "hidden" }, say("unseen", { count: size }));
    if (link) link.append(" ", make("span", { class: "new-mark unseen" }, make("span", { "aria-hidden": "true" }, figures.format(size)), words));
  };

  // On the page of what is new.
  const list = (section, waiting, first, urlOf, done) => {
    const said = section.querySelector(".since-said");
    const button = section.querySelector("button");
    section.hidden = false;
    said.textContent = first ? say("first") : waiting.size ? say("some", { count: waiting.size }) : say("none");
    if (!waiting.size) return;
    const links = [...waiting.keys()].map((item) => make("li", {}, make("a", { href: urlOf(item) }, item.title)));
    const found = make("ul", { class: "since-list" }, ...links);
    said.after(found);
    button.hidden = false;
    button.addEventListener("click", () => {
      done();
      found.remove();
      said.textContent = say("done");
      said.tabIndex = -1;
      said.focus();
      button.hidden = true;
    });
  };

  const script = document.createElement("script");
  script.addEventListener("load", begin);
  script.src = news;
  document.head.append(script);
})();
