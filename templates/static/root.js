// Sends readers to the edition that they chose before, or that their browser asks for; not those who came
// for the list of versions.
(() => {
  if (location.hash === "#pb-all-versions") return;
  const links = [...document.querySelectorAll("#pb-languages a")];
  let stored = null;
  try {
    stored = localStorage.getItem("pb-language");
  } catch {
    // Storage is closed: the browser's languages decide.
  }
  const base = (tag) => tag.toLowerCase().split("-")[0];
  const wanted = (tag) => links.find((link) => base(link.hreflang) === base(tag));
  const chosen = links.find((link) => link.dataset.language === stored);
  const asked = navigator.languages.map(wanted).find(Boolean);
  location.replace((chosen || asked || links[0]).href);
})();
