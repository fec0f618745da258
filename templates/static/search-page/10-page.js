// The search page: results, what narrows them, and all of it in the address. On the error page: the nearest pages.
(() => {
  const pb = (window.pbSearch ??= {});
  const { make, button, say } = pb;
  const FACETS = ["kind", "tier", "role", "step", "stage", "state"];
  const STEP = 20;
  const PAUSE = 100;
  const failed = (yes) => document.getElementById("pb-failed")?.toggleAttribute("hidden", !yes);

  const find = (form) => {
    const input = form.elements.q;
    const [panel, count, answers, browse] = ["facets", "count", "answers", "browse"].map((id) => document.getElementById(`pb-${id}`));
    const asOf = answers.firstElementChild;
    const chosen = new Map(FACETS.map((facet) => [facet, new Set()]));
    let limit = STEP;
    let turn = 0;
    let hits = new Map();
    let shown, timer;
    const narrowed = () => [...chosen.values()].reduce((sum, values) => sum + values.size, 0);

    // The address and the choices.
    const read = () => {
      const asked = new URLSearchParams(location.search);
      input.value = asked.get("q") ?? input.value;
      for (const [facet, values] of chosen) {
        values.clear();
        for (const value of asked.getAll(facet)) if (value) values.add(value);
      }
      if (asked.has("both")) pb.chooseBoth(asked.get("both") !== "0");
    };
    const write = (way) => {
      const choices = [...chosen].flatMap(([facet, values]) => [...values].map((value) => [facet, value]));
      const query = String(new URLSearchParams([["q", input.value.trim()], ...choices, ["both", pb.both() ? "" : "0"]].filter(([, value]) => value)));
      const search = query && `?${query}`;
      try {
        if (search !== location.search) history[way](null, "", location.pathname + search);
      } catch {
        // Opened from a folder: the address stays as it is.
      }
    };

    // What narrows the results. Boxes stay as they are, so that the keyboard does not lose its place.
    const choiceOf = (facet, value, words) => {
      const change = () => {
        chosen.get(facet)[box.checked ? "add" : "delete"](value);
        narrow();
      };
      const box = make("input", { type: "checkbox", change });
      const number = make("span", { class: "count" });
      const line = make("label", {}, box, make("span", {}, words), number);
      const show = (fitting) => {
        box.checked = chosen.get(facet).has(value);
        number.textContent = pb.filled(fitting);
        line.hidden = !fitting && !box.checked;
        return line.hidden;
      };
      return { line, show };
    };
    const facetOf = (facet) => {
      const name = say(`facet.${facet}`);
      const choices = Object.entries(pb.names(facet)).map(([value, words]) => [value, choiceOf(facet, value, words)]);
      const clear = button(say("clear"), () => {
        chosen.get(facet).clear();
        narrow();
        part.firstElementChild.focus();
      }, { "aria-label": say("clear_facet", { facet: name }) });
      const lines = choices.map(([, { line }]) => line);
      const part = make("details", { class: "facet", open: "open" }, make("summary", {}, name), make("fieldset", {}, make("legend", { class: "hidden" }, name), ...lines), clear);
      panel.append(part);
      return (counts = {}) => {
        const empty = choices.map(([value, { show }]) => show(counts[value] ?? 0));
        clear.hidden = !chosen.get(facet).size;
        part.hidden = empty.every(Boolean);
      };
    };
    const facets = new Map();
    // An address may name what there is not, or not any more.
    const drop = () => {
      const before = narrowed();
      for (const [facet, values] of chosen) for (const value of values) if (!Object.hasOwn(pb.names(facet), value)) values.delete(value);
      return narrowed() < before;
    };
    const clear = () => {
      for (const values of chosen.values()) values.clear();
      narrow();
      input.focus();
    };
    const clearAll = button("", clear);
    const showFacets = ({ counts }) => {
      for (const facet of FACETS) {
        if (!facets.has(facet)) facets.set(facet, facetOf(facet));
        facets.get(facet)(counts?.[facet]);
      }
      const number = narrowed();
      clearAll.hidden = !number;
      panel.firstElementChild.textContent = say(number ? "narrowed" : "narrow", { count: number });
    };

    // The results.
    const hitOf = (result, answer) => {
      const key = `${result.language} ${result.id}`;
      if (!hits.has(key)) hits.set(key, pb.hit(result, answer));
      return hits.get(key);
    };
    const listOf = ([name, results], answer) => {
      const list = make("ol", { class: "hits" }, ...results.map((result) => hitOf(result, answer)));
      return name ? [make("h2", {}, name), list] : [list];
    };
    const moreOf = (left) => button(say("more", { count: Math.min(left, STEP) }), async () => {
      const former = hits.size;
      limit += STEP;
      await search();
      [...hits.values()][former]?.firstElementChild.focus();
    }, { class: "button" });
    const showResults = (answer) => {
      const { query, total, results } = answer;
      const parts = pb.groups(results).flatMap((group) => listOf(group, answer));
      if (total > results.length) parts.push(moreOf(total - results.length));
      if (!total && narrowed()) parts.push(button(say("clear_all"), clear, { class: "button" }));
      if (!total) parts.push(...pb.nothing(answer, (query) => {
        input.value = query;
        input.focus();
        narrow();
      }));
      count.textContent = say(total ? "results" : query ? "none" : "none_chosen", { count: total, query });
      answers.replaceChildren(...pb.notes(answer), ...parts, asOf);
      pb.unfold(hits.values(), answer.spare);
    };

    const search = async () => {
      const mine = ++turn;
      const query = input.value.trim();
      const facets = Object.fromEntries([...chosen].filter(([, values]) => values.size).map(([facet, values]) => [facet, [...values]]));
      try {
        const answer = await pb.ask(query, { facets, both: pb.both(), limit, wide: true });
        if (mine !== turn) return;
        const asked = JSON.stringify([query, facets, pb.both()]);
        if (asked !== shown) hits = new Map();
        shown = asked;
        showFacets(answer);
        if (drop()) return anew("replaceState");
        const any = Boolean(query || narrowed());
        answers.hidden = !any;
        browse.hidden = any;
        if (any) showResults(answer);
        else count.textContent = "";
        failed(false);
      } catch {
        if (mine === turn) failed(true);
      }
    };
    const anew = (way) => {
      clearTimeout(timer);
      limit = STEP;
      write(way);
      return search();
    };
    const narrow = () => anew("pushState");
    const typed = (event) => {
      if (event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(anew, PAUSE, "replaceState");
    };
    input.addEventListener("input", typed);
    input.addEventListener("compositionend", typed);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      pb.keep(input.value.trim());
      narrow();
    });
    addEventListener("popstate", () => {
      input.value = "";
      read();
      limit = STEP;
      search();
    });
    document.addEventListener("pb-day", search);

    read();
    clearAll.textContent = say("clear_all");
    panel.append(make("div", { class: "facet-all" }, pb.bothSwitch(narrow), clearAll));
    // Beside the results where there is room, folded away above them where there is not.
    const wide = matchMedia("(width >= 72rem)");
    const fold = () => { panel.open = wide.matches; };
    wide.addEventListener("change", fold);
    fold();
    return anew("replaceState").then(() => { panel.hidden = false; });
  };

  // The pages whose names are most like the last words of an address that leads nowhere.
  const nearest = async (part) => {
    const names = decodeURIComponent(location.pathname).replace(/\.html$/, "").split("/").slice(-2).map((name) => name.replace(/[^\p{L}\p{N}]+/gu, " "));
    for (const words of [names.at(-1), names.join(" ")]) {
      const { results } = part.hidden ? await pb.ask(words, { limit: 5, both: false }) : { results: [] };
      part.querySelector("ul").append(...results.map(({ url, title }) => make("li", {}, make("a", { href: new URL(url, pb.root).href, lang: pb.tag }, title))));
      part.hidden &&= !results.length;
    }
  };

  for (const [id, begin] of [["pb-finder", find], ["pb-nearest", nearest]]) {
    const part = document.getElementById(id);
    if (part) pb.ready().then(() => begin(part)).catch(() => failed(true));
  }
})();
