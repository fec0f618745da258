// The palette: a box over the page that answers while the reader types.
(() => {
  const pb = (window.pbSearch ??= {});
  const { make, button } = pb;
  const form = document.querySelector("form[data-script]");
  const LIMIT = 8;
  const PAUSE = 80;

  // Words that the page has already; all others come with the manifest.
  const label = form.getAttribute("aria-label");
  const close = () => dialog.close();
  const input = make("input", {
    type: "search", role: "combobox", "aria-label": label, "aria-expanded": "false", "aria-controls": "pb-options",
    "aria-autocomplete": "list", placeholder: form.elements.q.placeholder, autocomplete: "off", autocapitalize: "off",
    spellcheck: "false", enterkeyhint: "go",
  });
  const slow = make("span", { class: "slow", "aria-hidden": "true" }, "…");
  const shut = button("×", close, { class: "shut", "aria-label": document.querySelector(".close").textContent });
  const note = make("div", { class: "palette-note" });
  const list = make("div", { id: "pb-options", role: "listbox", "aria-label": label });
  const beside = make("div", { class: "forget" });
  const rest = make("div", { class: "palette-rest" });
  const listed = make("div", { class: "palette-list" }, list, beside);
  const body = make("div", { class: "palette-body", tabindex: "0", lang: pb.tag }, note, listed, rest);
  const foot = make("div", { class: "palette-foot", lang: pb.tag });
  const status = make("p", { class: "hidden", role: "status", lang: pb.tag });
  const dialog = make("dialog", { class: "palette", "aria-label": label }, make("div", { class: "palette-head" }, input, slow, shut), body, foot, status);

  let options = [];
  let active = -1;
  let steered = false; // whether the arrow keys are in use
  let turn = 0; // answers to former turns come too late
  let pending = false;
  let entered = null; // Enter was pressed before there was an answer
  let timer, telling;

  const choose = (at) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = at;
    const option = options[at];
    option?.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option?.id ?? "");
    if (at > 0) option.scrollIntoView({ block: "nearest" });
    else body.scrollTop = 0;
  };

  // What the palette shows below its box. What is said of it waits until the reader pauses.
  const fill = (said, parts, { notes = [], removers = [], more = [] }) => {
    note.replaceChildren(...notes);
    list.replaceChildren(...parts);
    beside.replaceChildren(...removers);
    rest.replaceChildren(...more);
    options = [...list.querySelectorAll("[role=option]")];
    for (const [at, option] of options.entries()) {
      option.id = `pb-option-${at}`;
      option.setAttribute("aria-selected", "false");
    }
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
    clearTimeout(telling);
    telling = setTimeout(() => { status.textContent = said; }, 500);
  };

  const group = ([name, results], answer) => {
    const hits = results.map((result) => pb.hit(result, answer, true));
    return name ? [make("div", { role: "group", "aria-label": name }, make("p", { class: "palette-group" }, name), ...hits)] : hits;
  };
  const all = ({ query, total }) => {
    const url = new URL(form.action);
    url.search = new URLSearchParams({ q: query, ...(pb.both() ? {} : { both: "0" }) });
    const click = () => pb.keep(query);
    return make("a", { class: "all", role: "option", tabindex: "-1", href: url.href, click }, pb.say("all", { count: total }), " →");
  };

  const show = (answer) => {
    const { query, total, results } = answer;
    const notes = pb.notes(answer);
    const said = pb.say(total ? "results" : "none", { count: total, query });
    const groups = pb.groups(results).flatMap((found) => group(found, answer));
    fill([...notes.map((line) => line.textContent), said].join(" "), total ? [...groups, all(answer)] : [], {
      notes,
      more: total ? [] : [make("p", { class: "strong" }, said), ...pb.nothing(answer, put)],
    });
    pb.unfold(options, answer.spare);
    if (total) choose(0);
    // Only what was asked for to the letter is opened unseen.
    if (entered && total && !notes.length) open(options[0], entered.apart);
    entered = null;
  };

  // Before anything is typed: the last searches.
  const showRecent = () => {
    const recent = pb.recent();
    const again = () => { showRecent(); input.focus(); };
    const removerOf = (query) => button("×", () => { pb.forget(query); again(); }, { class: "shut", "aria-label": pb.say("forget", { query }) });
    const clear = button(pb.say("forget_all"), () => { recent.forEach(pb.forget); again(); });
    fill("", recent.map((query) => make("div", { class: "past", role: "option", click: () => put(query) }, query)), recent.length ? {
      notes: [make("p", { class: "palette-group" }, pb.say("recent"))],
      removers: recent.map(removerOf),
      more: [clear],
    } : { more: [make("p", { class: "quiet" }, pb.say("tips"))] });
  };

  const dress = () => {
    if (foot.firstChild) return;
    const hints = Object.entries({ choose: "↑↓", open: "↵", close: "Esc" }).flatMap(([name, key]) => [make("kbd", {}, key), ` ${pb.say(`keys.${name}`)} `]);
    foot.append(pb.bothSwitch(() => { input.focus(); ask(); }), make("span", { class: "hints", "aria-hidden": "true" }, ...hints));
  };

  const ask = async () => {
    const mine = ++turn;
    const query = input.value.trim();
    const late = setTimeout(() => dialog.classList.add("waiting"), 300);
    pending = true;
    try {
      await pb.ready();
      dress();
      const answer = query && await pb.ask(query, { both: pb.both(), limit: LIMIT });
      if (mine !== turn) return;
      pending = false;
      if (answer) show(answer);
      else showRecent();
    } catch {
      if (mine !== turn) return;
      pending = false;
      const { failed } = form.dataset;
      fill(failed, [], { more: [make("p", {}, failed)] });
    } finally {
      clearTimeout(late);
      if (!pending) dialog.classList.remove("waiting");
    }
  };
  const put = (query) => {
    input.value = query;
    input.focus();
    ask();
  };
  const typed = (event) => {
    if (event.isComposing) return;
    entered = null;
    pending = true;
    turn += 1;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };

  // The best place on the page may still be on its way: it is waited for, but not for long.
  const open = async (option, apart) => {
    await Promise.race([pb.complete(option), new Promise((end) => setTimeout(end, 400))]);
    if (apart && option.href) {
      pb.keep(input.value.trim());
      window.open(option.href, "_blank", "noopener");
    } else option.click();
  };

  const pressed = (event) => {
    // Keys that an input method takes are its own; Safari says so by the code alone.
    if (event.isComposing || event.keyCode === 229) return;
    const { key } = event;
    const apart = event.ctrlKey || event.metaKey;
    const last = options.length - 1;
    const ends = steered ? { Home: 0, End: last } : {};
    const steps = { ArrowDown: active < last ? active + 1 : 0, ArrowUp: active > 0 ? active - 1 : last, ...ends };
    if (key === "Escape") close();
    else if (key === "Enter" && pending) entered = { apart };
    else if (key === "Enter" && options[active]) open(options[active], apart);
    else if (key in steps && !event.shiftKey && last >= 0) {
      steered = true;
      choose(steps[key]);
    } else {
      steered = false;
      return;
    }
    event.preventDefault();
  };

  input.addEventListener("input", typed);
  input.addEventListener("compositionend", typed);
  input.addEventListener("keydown", pressed);
  list.addEventListener("pointermove", ({ target }) => {
    const at = options.indexOf(target.closest("[role=option]"));
    if (at >= 0 && at !== active) choose(at);
  });
  list.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
    if (target.closest("a")?.pathname === location.pathname && !ctrlKey && !metaKey && !shiftKey) close();
  });
  dialog.addEventListener("click", ({ target }) => { if (target === dialog) close(); });
  dialog.addEventListener("close", () => {
    turn += 1;
    // Where fingers type, a field with the focus would hold half of the screen for its keys.
    if (matchMedia("(pointer: coarse)").matches) document.activeElement.blur();
  });
  // Those keys lie over the page: the palette ends above them.
  window.visualViewport?.addEventListener("resize", ({ target }) => dialog.style.setProperty("--seen", `${target.height}px`));

  // Opens over the page with what is in `box`; `enter`: as if that key had been pressed.
  pb.open = (box, enter) => {
    if (dialog.open) return;
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
    if (box.value) input.value = box.value;
    else input.select();
    box.value = "";
    delete box.dataset.entered;
    steered = false;
    ask();
    entered = enter && input.value ? {} : null;
  };
})();
