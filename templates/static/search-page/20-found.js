// On a page that a search led to: marks the words in its text, and leads from one to the next.
(() => {
  const pb = (window.pbSearch ??= {});
  const { make, button, say } = pb;
  const main = document.getElementById("pb-main");
  const SKIPPED = "script, style, noscript, textarea, select, button, [hidden], .hidden";
  const FOLDED = "details:not([open])";

  // Where the words stand. They are painted over the text, which stays as it is.
  const placesOf = (answer) => {
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.trim() || node.parentElement.closest(SKIPPED)) continue;
      for (const [start, end] of pb.marks(node.data, answer)) {
        const range = new Range();
        range.setStart(node, start);
        range.setEnd(node, end);
        found.push(range);
      }
    }
    return found;
  };

  const paint = (name, priority, ranges) => {
    const paint = new Highlight(...ranges);
    paint.priority = priority;
    CSS.highlights.set(name, paint);
  };
  const lead = (range) => {
    const part = range.startContainer.parentElement;
    for (let folded = part.closest(FOLDED); folded; folded = part.closest(FOLDED)) folded.open = true;
    part.scrollIntoView({ block: "center", inline: "nearest" });
    paint("pb-found-here", 1, [range]);
  };

  const offer = (ranges) => {
    let at = -1;
    const next = () => {
      // The first time from where the page stands, which may be an anchor far below its top.
      const below = ranges.findIndex((range) => range.getBoundingClientRect().bottom > 0);
      at = at < 0 ? Math.max(below, 0) : (at + 1) % ranges.length;
      said.textContent = say("place", { number: at + 1, count: ranges.length });
      lead(ranges[at]);
    };
    // The page may stand at an anchor, past the bar: the first press of the key leads to it all the same.
    const first = (event) => {
      if (event.key !== "Tab") return;
      document.removeEventListener("keydown", first);
      if (event.shiftKey || document.activeElement !== document.body) return;
      event.preventDefault();
      buttons[0].focus();
    };
    const end = () => {
      document.removeEventListener("keydown", first);
      CSS.highlights.clear();
      bar.remove();
      main.focus({ preventScroll: true });
    };
    const keydown = ({ key }) => { if (key === "Escape") end(); };
    const said = make("p", { role: "status" });
    const buttons = [button(say("next"), next, { class: "button" }), button(say("clear"), end, { class: "button" })];
    const bar = make("div", { class: "found-bar", role: "region", "aria-label": say("marked"), keydown }, said, ...buttons);
    document.querySelector(".found-bar")?.remove();
    main.before(bar);
    document.addEventListener("keydown", first);
    // Said once it is there: what comes with its words is not announced.
    setTimeout(() => { said.textContent = say("places", { count: ranges.length }); }, 100);
  };

  // Once only: who comes back later is not looking for the words any more.
  pb.found = async () => {
    const kept = pb.recall("sessionStorage", "pb-found");
    if (kept?.path !== location.pathname || !CSS.highlights) return;
    pb.remember("sessionStorage", "pb-found", null);
    await pb.ready();
    await pb.loadVariants(main.textContent, { left: Infinity });
    const ranges = placesOf(kept.answer);
    if (!ranges.length) return;
    paint("pb-found", 0, ranges);
    offer(ranges);
  };
  pb.found().catch(() => {});
})();
