// Brings a page up to date in place, for `playbook serve` alone. Compares two versions of its HTML, as the server sent
// them, and changes in the page only what differs between these two. So everything stays that the reader and other
// scripts made of it: what is open, typed, ticked, sorted, and how far it is scrolled.
(() => {
  const OURS = 'script[src^="/-/live/"]';
  const LARGE = 40000; // more pairs of children than this are not weighed

  // The version that is shown, and the node of the page that each of its nodes has become.
  let shown;
  const made = new WeakMap();
  const leaf = (node) => node.nodeName === "NOSCRIPT"; // where scripts run it is parsed as text, elsewhere as elements

  const pair = (source, node) => {
    made.set(source, node);
    if (leaf(source)) return;
    for (const [at, child] of source.childNodes.entries()) pair(child, node.childNodes[at]);
  };
  const handOver = (former, fresh) => {
    const node = made.get(former);
    if (node) made.set(fresh, node);
    if (leaf(former)) return;
    for (const [at, child] of fresh.childNodes.entries()) handOver(former.childNodes[at], child);
  };

  const codeOf = (node) => node.outerHTML ?? node.data;
  const weigh = (former, fresh) => {
    if (former.node.nodeName !== fresh.node.nodeName) return 0;
    if (former.code === fresh.code) return 4;
    const { id: was = "", className } = former.node;
    if (was !== (fresh.node.id ?? "")) return 0;
    return was ? 3 : className === fresh.node.className ? 2 : 1;
  };

  // Which of the former children goes on as which of the fresh ones, in their order: the heaviest set of pairs.
  const matched = (formers, freshes) => {
    const pairs = new Map();
    let start = 0;
    while (start < formers.length && start < freshes.length && formers[start].code === freshes[start].code) {
      pairs.set(freshes[start].node, formers[start].node);
      start += 1;
    }
    let end = 0;
    while (start + end < Math.min(formers.length, freshes.length) && formers.at(-1 - end).code === freshes.at(-1 - end).code) {
      end += 1;
      pairs.set(freshes.at(-end).node, formers.at(-end).node);
    }
    const [left, right] = [formers, freshes].map((list) => list.slice(start, list.length - end));
    if (left.length * right.length > LARGE) return pairs;
    const best = Array.from({ length: left.length + 1 }, () => new Array(right.length + 1).fill(0));
    for (let i = left.length - 1; i >= 0; i -= 1) {
      for (let j = right.length - 1; j >= 0; j -= 1) {
        const weight = weigh(left[i], right[j]);
        best[i][j] = Math.max(best[i + 1][j], best[i][j + 1], weight && weight + best[i + 1][j + 1]);
      }
    }
    for (let i = 0, j = 0; i < left.length && j < right.length;) {
      const weight = weigh(left[i], right[j]);
      if (weight && best[i][j] === weight + best[i + 1][j + 1]) pairs.set(right[j++].node, left[i++].node);
      else if (best[i][j] === best[i + 1][j]) i += 1;
      else j += 1;
    }
    return pairs;
  };

  // A style sheet takes over when it is there, so that the page is never seen without.
  const restyle = (node, former, fresh) => {
    const sheet = document.importNode(fresh);
    sheet.addEventListener("load", () => node.remove());
    node.after(sheet);
    made.set(fresh, sheet);
  };
  const isSheet = (node) => node.nodeName === "LINK" && node.rel === "stylesheet";

  const patchAttributes = (node, former, fresh) => {
    for (const { name } of former.attributes) if (!fresh.hasAttribute(name)) node.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (former.getAttribute(name) !== value) node.setAttribute(name, value);
  };
  const patchChildren = (node, former, fresh) => {
    const [formers, freshes] = [former, fresh].map((parent) => [...parent.childNodes].map((child) => ({ node: child, code: codeOf(child) })));
    const pairs = matched(formers, freshes);
    const kept = new Set(pairs.values());
    for (const child of former.childNodes) if (!kept.has(child)) made.get(child)?.remove();
    let before = null;
    for (const child of fresh.childNodes) {
      const source = pairs.get(child);
      let place = source && made.get(source);
      if (place) patch(place, source, child);
      else {
        place = document.importNode(child, true);
        if (before) before.after(place);
        else node.prepend(place);
        pair(child, place);
      }
      place = made.get(child);
      if (place.parentNode === node) before = place;
    }
  };
  const patch = (node, former, fresh) => {
    if (former.isEqualNode(fresh)) return handOver(former, fresh);
    if (isSheet(fresh)) return restyle(node, former, fresh);
    made.set(fresh, node);
    if (leaf(fresh)) return undefined;
    if (fresh.nodeType !== Node.ELEMENT_NODE) node.data = fresh.data;
    else {
      patchAttributes(node, former, fresh);
      patchChildren(node, former, fresh);
    }
    return undefined;
  };

  const scriptsOf = (root) => [...root.querySelectorAll("script[src]")].map((script) => script.getAttribute("src")).join();
  const withoutOurs = (root) => {
    root.querySelector(OURS)?.remove();
    return root;
  };

  // This runs before any other script but the one for the colours has touched the page.
  shown = document.documentElement.cloneNode(true);
  pair(shown, document.documentElement);
  for (const name of ["theme", "live"]) delete shown.dataset[name];
  withoutOurs(shown);

  // Shows the version `html`; false where only loading the page anew can do that: it leads elsewhere, or has other scripts.
  pbLive.patch = (html) => {
    const fresh = withoutOurs(new DOMParser().parseFromString(html, "text/html").documentElement);
    if (fresh.querySelector('meta[http-equiv="refresh" i]') || scriptsOf(fresh) !== scriptsOf(shown)) return false;
    const { id } = document.activeElement ?? {};
    patch(document.documentElement, shown, fresh);
    shown = fresh;
    if (id && document.activeElement === document.body) document.getElementById(id)?.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("pb-content"));
    return true;
  };
})();
