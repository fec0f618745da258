// Sends readers to the edition that they chose before, or that their browser asks for. Those who came for the
// list of versions stay, and see it in that language, unless they came for a certain one.
(() => {
  const list = "#pb-all-versions";
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
  const link = chosen || asked || links[0];
  if (!location.hash.startsWith(list)) location.replace(link.href);
  else if (location.hash === list && link !== links[0]) location.replace(`${list}-${link.dataset.language}`);
})();
