// Narrows the list of all entries as the reader types; on the error page, finds the closest addresses.
(() => {
  const fold = (text) => text.normalize("NFKC").toLowerCase();

  const narrow = (form) => {
    const { q, kind } = form.elements;
    const found = document.getElementById("pb-found");
    const rows = [...document.querySelectorAll("#pb-rows > li")].map((row) => ({
      row, kind: row.dataset.kind, text: fold(`${row.textContent} ${row.dataset.words}`),
    }));
    const say = (count) => {
      const { one, many, none } = found.dataset;
      found.textContent = count === 0 ? none : count === 1 ? one : many.replace("{n}", count.toLocaleString(document.documentElement.lang));
    };
    const remember = () => {
      const query = new URLSearchParams([["q", q.value.trim()], ["kind", kind.value]].filter(([, value]) => value));
      try {
        history.replaceState(null, "", location.pathname + (String(query) && `?${query}`));
      } catch {
        // Opened from a folder: the address stays as it is.
      }
    };
    const filter = () => {
      const words = fold(q.value).split(/\s+/).filter(Boolean);
      let count = 0;
      for (const item of rows) {
        const fits = (!kind.value || item.kind === kind.value) && words.every((word) => item.text.includes(word));
        item.row.hidden = !fits;
        count += fits;
      }
      say(count);
    };
    const asked = new URLSearchParams(location.search);
    q.value = asked.get("q") || q.value;
    if ([...kind.options].some((option) => option.value === asked.get("kind"))) kind.value = asked.get("kind");
    const changed = () => { filter(); remember(); };
    form.addEventListener("input", changed);
    form.addEventListener("submit", (event) => { event.preventDefault(); changed(); });
    if (q.value || kind.value) filter();
  };

  // Likeness of two addresses: shared pairs of letters (Dice's coefficient).
  const pairs = (text) => new Set([...text].slice(1).map((letter, i) => text[i] + letter));
  const likeness = (a, b) => {
    const [one, other] = [pairs(a), pairs(b)];
    const shared = [...one].filter((pair) => other.has(pair)).length;
    return (2 * shared) / (one.size + other.size || 1);
  };

  const nearest = async (part) => {
    const wanted = fold(decodeURIComponent(location.pathname)).replace(/\.html$/, "").split("/").slice(-2).join("/");
    const source = new URL(part.dataset.find, location.href);
    const page = new DOMParser().parseFromString(await (await fetch(source)).text(), "text/html");
    const close = [...page.querySelectorAll("#pb-rows .row-title a")].map((link) => {
      const url = new URL(link.getAttribute("href"), source);
      const address = url.pathname.replace(/\.html$/, "").split("/").slice(-2).join("/");
      return { url, words: link.textContent, score: likeness(wanted, address) };
    }).filter((item) => item.score > 0.45).sort((a, b) => b.score - a.score).slice(0, 5);
    for (const { url, words } of close) {
      const line = part.querySelector("ul").appendChild(document.createElement("li"));
      const link = line.appendChild(document.createElement("a"));
      link.href = url.href;
      link.textContent = words;
    }
    part.hidden = close.length === 0;
  };

  const form = document.getElementById("pb-finder");
  const part = document.getElementById("pb-nearest");
  if (form) narrow(form);
  if (part) nearest(part).catch(() => {});
})();
