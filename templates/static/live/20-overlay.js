// What `playbook serve` says in the page: problems over it, and in a line below it whether it is gone or the server is.
(() => {
  const root = document.documentElement;
  const { words } = pbLive;
  const languages = [root.lang, ...navigator.languages].map((tag) => tag.split("-")[0]);
  const code = languages.find((language) => language in words) ?? "en";
  const plural = new Intl.PluralRules(code);
  const say = (key, values = {}) => {
    const found = key.split(".").reduce((part, name) => part[name], words[code]);
    const text = typeof found === "string" ? found : found[plural.select(values.count)] ?? found.other;
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(key, value);
      else if (value) element.setAttribute(key, value);
    }
    element.append(...children.filter(Boolean));
    return element;
  };

  const title = make("h2", { id: "pb-live-title" });
  const text = make("p", {});
  const list = make("ol", { tabindex: "0", "aria-labelledby": "pb-live-title" });
  const hide = make("button", { type: "button", click: () => dialog.close() }, say("hide"));
  const dialog = make("dialog", { class: "pb-live", "aria-labelledby": "pb-live-title", lang: root.lang ? "" : code },
    make("header", {}, title, hide), text, list);
  const pill = make("button", { type: "button", class: "pb-live-pill", hidden: "hidden", click: () => dialog.showModal() });
  const notice = make("p", { class: "pb-live-notice", role: "status" });
  const said = make("p", { class: "pb-live-said", role: "status" });

  // The place of the fault: the word that begins there, or one sign, with a caret below.
  const excerpt = ({ line, before, after }) => {
    const [word] = after.match(/^[\p{L}\p{N}_-]+|^./u) ?? [" "];
    return make("pre", { tabindex: "0" }, make("span", { class: "pb-live-number", "aria-hidden": "true" }, `${line} | `),
      make("code", {}, before, make("mark", {}, word), after.slice(word.length)));
  };
  const problem = (each) => make("li", { "data-severity": each.severity },
    make("p", { class: "pb-live-place" }, make("strong", {}, each.code), ` ${say(`severity.${each.severity}`)} `,
      each.edit ? make("a", { href: each.edit, title: say("edit") }, each.place) : make("span", {}, each.place)),
    make("p", { class: "pb-live-message", lang: "en" }, each.message),
    each.line ? excerpt(each) : "",
    each.hint ? make("p", { class: "pb-live-hint" }, make("strong", {}, say("hint")), " ", make("span", { lang: "en" }, each.hint)) : "");

  const counted = (problems) => ["error", "warning", "note"]
    .map((severity) => [severity, problems.filter((each) => each.severity === severity).length])
    .filter(([, count]) => count)
    .map(([severity, count]) => say(`count.${severity}`, { count })).join(say("between"));

  const KEY = "pb-live-hidden";
  const recall = () => { try { return sessionStorage.getItem(KEY); } catch { return null; } };
  const remember = (key) => { try { sessionStorage.setItem(KEY, key); } catch { /* then it shows again */ } };
  let now = "";
  let closing = false;
  dialog.addEventListener("close", () => {
    if (!closing) remember(now);
    closing = false;
  });

  // The overlay comes by itself where the site could not be built, and goes by itself when it could.
  pbLive.report = ({ failed, problems }) => {
    const key = JSON.stringify([failed, problems]);
    if (key === now) return;
    const former = now;
    now = key;
    title.textContent = say(failed ? "failed" : "built", { problems: counted(problems) });
    text.textContent = say(!failed ? "published" : "waiting" in root.dataset ? "first" : "behind");
    list.replaceChildren(...problems.map(problem));
    pill.hidden = !problems.length;
    pill.textContent = counted(problems);
    pill.dataset.severity = problems.some((each) => each.severity === "error") ? "error" : "warning";
    if (failed && !dialog.open && recall() !== key) dialog.showModal();
    else if (!failed && dialog.open) {
      closing = true;
      dialog.close();
    }
    if (dialog.open) said.textContent = title.textContent;
    else if (former) said.textContent = problems.length ? title.textContent : say("mended");
  };

  // One line below the page; "" takes it away.
  pbLive.tell = (key) => {
    notice.textContent = key && say(key);
    notice.toggleAttribute("data-shown", Boolean(key));
  };

  document.head.append(make("link", { rel: "stylesheet", href: "/-/live/live.css" }));
  document.body.append(dialog, pill, notice);
  dialog.append(said);
})();
