// Versions: a list of all of them in the header, and a note on a page of a version that is not the current one.
// Both are worked out when the page is read, from the list at the root of the tree, so that they are true on
// pages that were released long ago. Only sites that stand in a tree of versions load this.
(() => {
  const place = document.getElementById("pb-versions");
  if (!place) return;
  const { dataset } = place;
  const { version, language, page } = dataset;
  const tree = new URL(dataset.tree, location.href);
  const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (name, attributes = {}, ...content) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...content);
    return element;
  };

  // A page that was opened from a folder may load scripts and nothing else.
  const loaded = (url) => new Promise((resolve, reject) => {
    const script = make("script", { src: new URL(url, tree) });
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  const list = async () => {
    if (location.protocol !== "file:") {
      const answer = await fetch(new URL("versions.json", tree), { cache: "no-cache" });
      return answer.json();
    }
    let found;
    window.pbVersions = (value) => { found = value; };
    await loaded("versions.js");
    return found;
  };

  // What a version says about itself, asked for when somebody is about to go there.
  const releases = new Map();
  const asked = new Map();
  window.pbRelease = (value) => releases.set(value.version, value);
  const release = async (name) => {
    if (!asked.has(name)) asked.set(name, loaded(`${name}/release.js`));
    await asked.get(name);
    return releases.get(name);
  };

  // The same page in another version; where there is none, the nearest list above it.
  const above = (address) => {
    const folders = address.split("/");
    if (folders.pop() === "index") folders.pop();
    return [...folders, "index"].join("/");
  };
  const counterpart = async (name) => {
    const { languages, pages } = await release(name);
    const known = new Set(pages);
    const codes = languages.map(({ code }) => code);
    const code = codes.includes(language) ? language : codes[0];
    let found = page;
    while (!known.has(found) && found !== "index") found = above(found);
    const target = new URL(`${name}/${code}/${found}.html`, tree);
    const same = found === page;
    if (same) {
      target.search = location.search;
      target.hash = location.hash;
    }
    return { href: target.href, same };
  };

  const linked = ({ version: name, title, properties = {} }, here, current) => {
    const link = make("a", { href: new URL(`${name}/${language}/index.html`, tree).href }, make("span", {}, title));
    const { date } = properties;
    if (date) link.append(make("time", { datetime: date }, window.pbStates?.words(date) ?? date));
    if (current) link.append(make("strong", {}, dataset.current));
    else if (properties.hidden) link.append(make("strong", {}, dataset.retired));
    if (here) link.setAttribute("aria-current", "true");
    let ready = false;
    const resolve = () => counterpart(name).then(({ href }) => { link.href = href; }, () => {}).then(() => { ready = true; });
    link.addEventListener("pointerenter", resolve, { once: true });
    link.addEventListener("focus", resolve, { once: true });
    link.addEventListener("click", async (event) => {
      if (ready || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      await resolve();
      location.href = link.href;
    });
    return make("li", {}, link);
  };

  const choice = (versions, here, current) => {
    const all = place.querySelector("a");
    const name = here?.title ?? all.textContent;
    const shown = versions.filter((each) => each === here || !each.properties?.hidden);
    const items = shown.map((each) => linked(each, each === here, each === current));
    all.textContent = dataset.all;
    all.removeAttribute("title");
    const summary = make("summary", { "aria-label": filled(dataset.label, { version: name }) }, make("span", {}, name));
    const details = make("details", {}, summary, make("ul", {}, ...items, make("li", {}, all)));
    place.replaceChildren(details);
    document.addEventListener("click", ({ target }) => { if (!details.contains(target)) details.open = false; });
    details.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !details.contains(relatedTarget)) details.open = false;
    });
    details.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !details.open) return;
      details.open = false;
      summary.focus();
    });
  };

  const note = async (versions, here, current) => {
    const ahead = here && versions.indexOf(here) < versions.indexOf(current);
    const kind = !here || here.properties?.hidden ? "withdrawn" : ahead ? "ahead" : "old";
    const values = { version: here?.title ?? version, current: current.title };
    const { href, same } = await counterpart(current.version);
    const link = make("a", { href }, filled(same ? dataset.go : dataset.section, values));
    const words = make("strong", {}, filled(dataset[kind], values));
    document.getElementById("pb-release-note")?.append(make("p", { class: "notice release-note", "data-kind": kind }, words, " ", link));
  };

  list().then((versions) => {
    const here = versions.find((each) => each.version === version);
    const current = versions.find(({ properties }) => properties?.default) ?? versions.find(({ properties }) => !properties?.hidden);
    choice(versions, here, current);
    const canonical = document.querySelector("link[rel=canonical]");
    if (here && here === current && canonical) canonical.href = canonical.dataset.own;
    return here === current || !current ? null : note(versions, here, current);
  }).catch(() => {
    // The list cannot be had: the link still leads to it.
  });
})();
