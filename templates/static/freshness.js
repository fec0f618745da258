// The page on freshness: puts the most urgent first on the day of reading, narrows the list, marks today.
(() => {
  const root = document.documentElement;
  const form = document.getElementById("pb-choices");
  const body = document.getElementById("pb-urgent");
  const shown = document.getElementById("pb-shown");
  const order = ["expired", "never-reviewed", "overdue", "changed", "dependency-changed", "due", "due-soon", "fresh"];
  const names = ["state", "tier", "kind", "owner"];
  const stateOf = (row) => row.querySelector(".badge").dataset.state;

  const markToday = () => {
    for (const cell of document.querySelectorAll("[data-day]")) {
      const { day } = cell.dataset;
      cell.classList.toggle("gone", day < root.dataset.today);
      if (day === root.dataset.today) cell.setAttribute("aria-current", "date");
      else cell.removeAttribute("aria-current");
    }
  };

  const sort = () => {
    const rows = [...body.rows].map((row, at) => ({ row, at, rank: order.indexOf(stateOf(row)), due: row.dataset.due || "" }));
    rows.sort((a, b) => a.rank - b.rank || (a.due < b.due ? -1 : a.due > b.due ? 1 : a.at - b.at));
    if (rows.some(({ at }, place) => at !== place)) body.append(...rows.map(({ row }) => row));
  };

  const fits = (row, wanted) => names.every((name) => {
    const value = wanted[name];
    if (!value) return true;
    if (name !== "state") return row.dataset[name] === value;
    return value === "open" ? stateOf(row) !== "fresh" : stateOf(row) === value;
  });

  const narrow = () => {
    const wanted = Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
    let count = 0;
    for (const row of body.rows) {
      row.hidden = !fits(row, wanted);
      count += !row.hidden;
    }
    const { one, many, none, clear } = shown.dataset;
    const nothing = wanted.state === "open" && !wanted.tier && !wanted.kind && !wanted.owner ? clear : none;
    const words = count === 0 ? nothing : count === 1 ? one : many.replace("{n}", count.toLocaleString(root.lang));
    if (shown.textContent !== words) shown.textContent = words;
  };

  // The address keeps what differs from how the page opens: with what is due or soon to be.
  const first = { state: "open", tier: "", kind: "", owner: "" };
  const remember = () => {
    const query = new URLSearchParams(names.map((name) => [name, form.elements[name].value])
      .filter(([name, value]) => value !== first[name]));
    try {
      history.replaceState(null, "", location.pathname + (String(query) && `?${query}`));
    } catch {
      // Opened from a folder: the address stays as it is.
    }
  };

  const ask = () => {
    const asked = new URLSearchParams(location.search);
    for (const name of names) {
      const field = form.elements[name];
      const known = [...field.options].some((option) => option.value === asked.get(name));
      field.value = known ? asked.get(name) : first[name];
    }
  };

  if (!form || !root.dataset.today) return;
  form.hidden = false;
  ask();
  form.addEventListener("input", () => { narrow(); remember(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  const renew = () => { sort(); narrow(); markToday(); };
  renew();
  document.addEventListener("pb-day", renew);
})();
