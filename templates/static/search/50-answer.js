// A query → an answer: results with their cards, excerpts and marks, and what narrows them.
(() => {
  const pb = (window.pbSearch ??= {});
  const FILES = 4; // what the first answer of a page may load beside the script and the manifest

  const languageOf = (document) => {
    const found = pb.manifest.languages.filter(([, first]) => first <= document).at(-1);
    return found[0];
  };
  // Of each entry one document: that of the page's language, or the source's where there is no translation.
  let own;
  const ownOf = () => {
    if (own) return own;
    const { entries, edition } = pb.manifest;
    const best = new Map();
    entries.forEach((entry, document) => {
      if (!best.has(entry) || languageOf(document) === edition) best.set(entry, document);
    });
    const source = pb.manifest.languages[0]?.[0];
    return (own = new Set([...best.values()].filter((document) => [edition, source].includes(languageOf(document)))));
  };
  const inOrder = (hits, both) => {
    const mine = ownOf();
    const first = hits.filter(({ document }) => mine.has(document));
    if (!both) return first;
    const shown = new Set(first.map(({ document }) => pb.manifest.entries[document]));
    const rest = hits.filter(({ document }) => {
      const entry = pb.manifest.entries[document];
      return !shown.has(entry) && shown.add(entry);
    });
    return [...first, ...rest];
  };

  // Excerpts: the line that says most of the query, cut to what stands around the first of its words.
  const LENGTH = 160;
  const cut = (line, wanted) => {
    const characters = [...line];
    const room = characters.some((character) => character >= "\u3400") ? LENGTH / 2 : LENGTH;
    if (characters.length <= room) return line;
    const first = Math.min(...pb.placed(line).filter(({ term }) => wanted.has(term)).map(({ start }) => start), line.length);
    const before = first < line.length ? [...line.slice(0, first)].length : 0;
    const start = Math.max(0, Math.min(before - Math.floor(room / 4), characters.length - room));
    const part = characters.slice(start, start + room).join("").trim();
    return (start ? "…" : "") + part + (start + room < characters.length ? "…" : "");
  };
  const excerptOf = (text, wanted) => {
    let best = "";
    let most = -1;
    for (const line of text.split("\n")) {
      const held = new Set(pb.terms(line).filter((term) => wanted.has(term))).size;
      if (held > most) [best, most] = [line, held];
    }
    return cut(best, wanted);
  };

  const told = new WeakMap(); // of a result: its document, its section, the terms of the query
  const fill = (result) => {
    const { document, section, wanted } = told.get(result);
    const sections = pb.sections(document);
    if (!sections) return result;
    const [anchor, heading, text] = sections[Math.min(section, sections.length - 1)];
    result.heading = anchor ? { anchor, text: heading } : null;
    result.excerpt = excerptOf(text, wanted) || result.excerpt;
    result.whole = true;
    return result;
  };
  const resultOf = ({ document, section }, wanted) => {
    const { id, title, kind, tier, standing, summary } = pb.card(document);
    const language = languageOf(document);
    const foreign = !ownOf().has(document);
    const { edition } = pb.manifest;
    const result = {
      id, url: `${foreign ? language : edition}/${id}.html`, language, foreign: foreign || language !== edition,
      title, kind, tier, heading: null, excerpt: summary ?? "", whole: false, ...pb.standing(standing),
    };
    told.set(result, { document, section, wanted });
    return fill(result);
  };
  pb.more = async (result) => {
    await pb.loadBlock(pb.blockOf(told.get(result).document));
    return fill(result);
  };

  // The first hits whose titles are here. In a playbook of a usual size all are: those of the edition came with the
  // manifest, and the others have a file of their own. In a very large one some came with the shards, and what is
  // missing is loaded as far as the budget goes; the rest is left to the search page.
  const untitled = (hits, limit) => hits.slice(0, limit).filter(({ document }) => !pb.card(document));
  const titled = async (hits, limit, budget) => {
    if (pb.others() && untitled(hits, limit).length && budget.left > 0) {
      budget.left -= 1;
      await pb.loadOthers();
    }
    const blocks = [...new Set(untitled(hits, limit).map(({ document }) => pb.blockOf(document)))].slice(0, Math.max(0, budget.left));
    budget.left -= blocks.length;
    await Promise.all(blocks.map(pb.loadBlock));
    return hits.slice(0, 2 * limit).filter(({ document }) => pb.card(document)).slice(0, limit);
  };
  // One file is left for titles where they will be needed: the query is in another language than the page.
  const reserved = (text) => {
    const own = /\p{Script=Han}/u.test(text) === /^zh|^ja/.test(pb.tag);
    return pb.others() && !own ? 1 : 0;
  };

  pb.ask = async (text, { facets: chosen = {}, both = true, limit = 8, wide = false } = {}) => {
    await pb.ready();
    const spare = wide ? 0 : reserved(text);
    const budget = { left: wide ? Infinity : FILES - spare };
    const all = wide && (await pb.loadFacets());
    const query = await pb.understand(text, budget);
    budget.left += spare;
    const asked = query.units.length > 0;
    const ranked = asked || text.trim() || !wide ? pb.rank(query) : all.map((_, document) => ({ document, score: 0, section: 0 }));
    let hits = inOrder(ranked, both);
    let counts = null;
    if (wide) ({ counts, hits } = pb.narrowed(hits, all, chosen));
    const shown = await titled(hits, limit, budget);
    const terms = pb.termsIn(query.units).filter(([, value]) => value);
    const wanted = new Set(terms.map(([term]) => term));
    const strong = terms.filter(([, value]) => value > 0.5).map(([term]) => term);
    return {
      query: text, total: hits.length, counts, results: shown.map((hit) => resultOf(hit, wanted)),
      spelled: query.spelled, heard: query.heard, suggested: ranked.length ? "" : await pb.suggest(text, budget), terms: strong.length ? strong : [...wanted],
      spare: wide ? limit : Math.max(0, budget.left),
    };
  };

  // What to mark in a text: the words of the query, and the phrases that mean the same.
  pb.marks = (text, { terms }) => {
    const wanted = new Set(terms);
    const placed = pb.placed(text);
    const found = placed.filter(({ term }) => wanted.has(term)).map(({ start, end }) => [start, end]);
    const counting = placed.filter(({ text: word }) => !pb.manifest.stops.has(pb.stem(word)));
    for (const [from, to, number] of pb.spans(counting.map(({ term }) => term))) {
      if (wanted.has(`§${number}`)) found.push([counting[from].start, counting[to - 1].end]);
    }
    const joined = [];
    for (const [start, end] of found.sort(([a], [b]) => a - b)) {
      const last = joined.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else joined.push([start, end]);
    }
    return joined;
  };
})();
