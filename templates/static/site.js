// What pages do beyond being read: colours, the way to the search, copy, print, the current heading.
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const store = (key, value) => {
    try {
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch {
      // Storage is closed: the choice holds for this page.
    }
  };

  // Colours: as the device, light, dark.
  const button = document.querySelector(".theme");
  if (button) {
    const themes = ["system", "light", "dark"];
    const set = (theme) => {
      if (theme === "system") delete root.dataset.theme;
      else root.dataset.theme = theme;
      button.dataset.theme = theme;
      button.setAttribute("aria-label", button.dataset[theme]);
      button.title = button.dataset[theme];
    };
    set(root.dataset.theme || "system");
    button.hidden = false;
    button.addEventListener("click", () => {
      const next = themes[(themes.indexOf(button.dataset.theme) + 1) % themes.length];
      set(next);
      store("pb-theme", next === "system" ? "" : next);
    });
  }

  for (const link of all("[data-language]")) {
    link.addEventListener("click", () => store("pb-language", link.dataset.language));
  }

  // Search. Its boxes are forms that lead to the search page; the script that answers in place is loaded
  // when one of them is first used, and what was typed meanwhile is answered then.
  const script = document.querySelector("form[data-script]")?.dataset.script;
  let loaded;
  const load = () => (loaded ??= new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.addEventListener("load", () => resolve(window.pbSearch));
    element.addEventListener("error", reject);
    if (script) element.src = script;
    else reject();
    document.head.append(element);
  }));
  let composing = false;
  const open = (box) => {
    load().then((search) => {
      if (!composing && document.activeElement === box) search.open(box, "entered" in box.dataset);
    }, () => { if ("entered" in box.dataset) box.form.submit(); });
  };
  for (const box of all(".search input")) {
    box.addEventListener("compositionstart", () => { composing = true; });
    box.addEventListener("compositionend", () => { composing = false; open(box); });
    box.addEventListener("input", () => {
      delete box.dataset.entered;
      open(box);
    });
    box.addEventListener("click", () => open(box));
    box.form.addEventListener("submit", (event) => {
      event.preventDefault();
      box.dataset.entered = "";
      box.focus();
      open(box);
    });
  }
  const finder = document.getElementById("pb-finder");
  const further = () => load().then((search) => search.further());
  const page = () => further().catch(() => { document.getElementById("pb-failed").hidden = false; });
  if (finder && location.search) page();
  else if (finder) finder.addEventListener("focusin", page, { once: true });
  if (document.getElementById("pb-nearest")) further().catch(() => {});
  try {
    const { path } = JSON.parse(sessionStorage.getItem("pb-found"));
    if (path === location.pathname) further().catch(() => {});
  } catch {
    // No search led here.
  }

  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const slash = key === "/" && !ctrlKey && !metaKey && !altKey && !target.closest("input, textarea, select, [contenteditable]");
    if (!slash && !(key.toLowerCase() === "k" && ctrlKey !== metaKey && !altKey)) return;
    const box = all("#pb-words, main input[type=search], .search input").find((input) => input.offsetParent);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
    if (box.closest(".search")) open(box);
  });

  // To the clipboard: a command as it stands, a sheet as rows that spreadsheets take.
  const rows = (table) => all("tr", table).map((row) =>
    [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " ")).join("\t")).join("\n");
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  const copyOf = async (trigger) => {
    const words = trigger.textContent;
    const part = document.getElementById(trigger.dataset.copy);
    await copy(part.rows ? rows(part) : part.textContent);
    trigger.focus();
    if (words === trigger.dataset.done) return;
    trigger.textContent = trigger.dataset.done;
    setTimeout(() => { trigger.textContent = words; }, 2000);
  };
  document.addEventListener("click", ({ target }) => {
    const trigger = target.closest("[data-copy], [data-print]");
    if (trigger?.dataset.copy) copyOf(trigger);
    else if (trigger) print();
  });
  const offer = () => {
    for (const trigger of all("[data-copy], [data-print]")) {
      trigger.hidden = false;
      if (trigger.dataset.copy) trigger.setAttribute("aria-live", "polite");
    }
  };
  offer();

  // The navigation shows where the page stands.
  const side = document.querySelector(".side");
  const here = side && side.querySelector("[aria-current=page]");
  if (here) side.scrollTop = here.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 2;

  // The table of contents marks the heading that is being read.
  let watch;
  const follow = () => {
    watch?.disconnect();
    const lines = new Map(all(".toc a").map((a) => [document.getElementById(decodeURIComponent(a.hash.slice(1))), a]));
    lines.delete(null);
    if (!lines.size || !("IntersectionObserver" in window)) return;
    const mark = () => {
      let current = null;
      for (const place of lines.keys()) if (place.getBoundingClientRect().top < 140) current = place;
      for (const [place, line] of lines) {
        if (place === current) line.setAttribute("aria-current", "true");
        else line.removeAttribute("aria-current");
      }
    };
    watch = new IntersectionObserver(mark, { rootMargin: "-100px 0px -60% 0px" });
    for (const place of lines.keys()) watch.observe(place);
  };
  follow();

  // The page got new content while it is read, from `playbook serve`.
  document.addEventListener("pb-content", () => {
    offer();
    follow();
  });
})();
