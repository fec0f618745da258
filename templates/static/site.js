// What pages do beyond being read: colours, "/" for search, copy, print, the current heading.
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

  // "/" goes to the search box.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = all("#pb-words, main input[type=search], .search input").find((input) => input.offsetParent);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
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
  for (const trigger of all("[data-copy]")) {
    const words = trigger.textContent;
    trigger.hidden = false;
    trigger.setAttribute("aria-live", "polite");
    trigger.addEventListener("click", async () => {
      const part = document.getElementById(trigger.dataset.copy);
      await copy(part.rows ? rows(part) : part.textContent);
      trigger.focus();
      trigger.textContent = trigger.dataset.done;
      setTimeout(() => { trigger.textContent = words; }, 2000);
    });
  }

  for (const trigger of all("[data-print]")) {
    trigger.hidden = false;
    trigger.addEventListener("click", () => print());
  }

  // The navigation shows where the page stands.
  const side = document.querySelector(".side");
  const here = side && side.querySelector("[aria-current=page]");
  if (here) side.scrollTop = here.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 2;

  // The table of contents marks the heading that is being read.
  const lines = new Map(all(".toc a").map((a) => [document.getElementById(decodeURIComponent(a.hash.slice(1))), a]));
  lines.delete(null);
  if (lines.size && "IntersectionObserver" in window) {
    const mark = () => {
      let current = null;
      for (const place of lines.keys()) if (place.getBoundingClientRect().top < 140) current = place;
      for (const [place, line] of lines) {
        if (place === current) line.setAttribute("aria-current", "true");
        else line.removeAttribute("aria-current");
      }
    };
    const watch = new IntersectionObserver(mark, { rootMargin: "-100px 0px -60% 0px" });
    for (const place of lines.keys()) watch.observe(place);
  }
})();
