// Sends readers from an alias to the version's page, at the place and with the question that they came with.
(() => {
  const target = new URL(document.getElementById("pb-onward").href);
  target.search = location.search;
  target.hash = location.hash;
  location.replace(target.href);
})();
