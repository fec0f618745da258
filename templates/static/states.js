// True states: what the dates in the page say on the day of reading, in the playbook's time zone.
(() => {
  const root = document.documentElement;
  const { zone, date, short, full } = root.dataset;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // The most urgent first, in the order of the words that the page carries.
  const order = ["expired", "never-reviewed", "overdue", "changed", "dependency-changed", "due", "due-soon", "fresh"];
  const rank = (state) => (order.indexOf(state) + 1 || order.length + 1) - 1;
  const worse = (a, b) => (b && rank(b) < rank(a) ? b : a);
  const words = { short: short.split("|"), full: full.split("|") };

  const byDays = ([soon, due, grace, expiry], day) => {
    if (day > expiry) return "expired";
    if (day > due && day > grace) return "overdue";
    if (day > due) return "due";
    return day >= soon ? "due-soon" : "fresh";
  };
  const judge = (days, floor, day) => worse(byDays(days, day), floor);
  const stateOf = (mark, day) => judge(mark.dataset.days.split(" "), mark.dataset.floor, day);

  const today = () => {
    const parts = new Intl.DateTimeFormat("en", {
      timeZone: zone, calendar: "gregory", numberingSystem: "latn", year: "numeric", month: "2-digit", day: "2-digit",
    }).formatToParts(new Date());
    const part = (type) => parts.find((p) => p.type === type).value;
    return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
  };
  const since = (day) => Math.round((Date.parse(day) - Date.parse(root.dataset.built)) / 864e5);

  // A day as the page's language writes it, in the pattern that the page names.
  const wordsOf = (day) => {
    const [y, M, d] = day.split("-").map(Number);
    return date.replace(/'([^']*)'|y+|M+|d+/g, (field, quoted) => {
      if (quoted !== undefined) return quoted || "'";
      if (field[0] === "M" && field.length > 2) {
        const month = field.length > 3 ? "long" : "short";
        return new Intl.DateTimeFormat(root.lang, { month, timeZone: "UTC" }).format(new Date(day));
      }
      return String({ y, M, d }[field[0]]).padStart(field.length, "0");
    });
  };

  const mark = (badge, day) => {
    const state = stateOf(badge, day);
    if (state === badge.dataset.state) return;
    badge.dataset.state = state;
    badge.textContent = words["full" in badge.dataset ? "full" : "short"][order.indexOf(state)];
  };

  const marks = (day) => {
    for (const badge of all(".badge[data-days]")) mark(badge, day);
    for (const banner of all(".banner[data-days]")) {
      const state = stateOf(banner, day);
      const texts = all("[data-when]", banner);
      for (const text of texts) text.hidden = text.dataset.when !== state;
      banner.dataset.state = state;
      banner.hidden = texts.every((text) => text.hidden);
    }
  };

  // How many are in time: `4*5 38*20` are five for four days after the build, twenty for 38.
  const counts = (day) => {
    const gone = since(day);
    for (const part of all("[data-until]")) {
      const checked = Number(part.dataset.checked);
      const complete = part.dataset.until.split(" ").filter(Boolean).map((pair) => pair.split("*").map(Number))
        .reduce((sum, [left, count]) => sum + (left >= gone ? count : 0), 0);
      const say = (number) => number.toLocaleString(root.lang);
      const percent = checked ? Math.floor((complete * 100) / checked) : 0;
      for (const text of all("[data-complete]", part)) {
        text.textContent = text.dataset.complete.replace("{complete}", say(complete)).replace("{checked}", say(checked));
      }
      if (!checked) continue;
      for (const text of all("[data-rate]", part)) {
        text.textContent = new Intl.NumberFormat(root.lang, { style: "percent" }).format(percent / 100);
      }
      for (const bar of all("[data-bar]", part)) bar.setAttribute("width", percent);
    }
  };

  const refresh = () => {
    // No site is read before it is built: the clock of this reader is wrong, and the build's day holds.
    const now = today();
    const { built } = root.dataset;
    const day = now < built ? built : now;
    if (root.dataset.today === day) return;
    marks(day);
    counts(day);
    for (const text of all("[data-as-of]")) text.textContent = text.dataset.asOf.replace("{date}", wordsOf(day));
    root.dataset.today = day;
    document.dispatchEvent(new CustomEvent("pb-day"));
  };

  // For what comes into the page later, such as results of the search: a badge, or the bare days.
  window.pbStates = {
    words: wordsOf,
    mark: (badge) => { if (root.dataset.today && badge.dataset.days) mark(badge, root.dataset.today); },
    state: (days, floor) => judge(days, floor, root.dataset.today || root.dataset.built),
  };

  try {
    refresh();
    document.addEventListener("visibilitychange", refresh);
    addEventListener("pageshow", refresh);
    document.addEventListener("pb-content", () => {
      delete root.dataset.today;
      refresh();
    });
    setInterval(refresh, 6e5);
  } catch {
    // A browser that does not know the time zone: what held at the build stands, with its date.
  }
})();
