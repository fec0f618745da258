// A query → the documents that answer it, the best first, as generator/search/ranking.py has it.
(() => {
  const pb = (window.pbSearch ??= {});
  const TITLED = 32;

  pb.idf = (df) => Math.log(1 + (pb.manifest.count - df + 0.5) / (df + 0.5));

  const sharesOf = ({ terms, phrase }) => {
    const shares = new Map();
    let total = 0;
    for (const [term, counts] of terms) {
      const postings = pb.postings(term);
      if (!counts || !(postings.frequency || phrase)) continue;
      const value = counts * pb.idf(postings.frequency);
      total += value;
      for (const { document, weight, place } of postings.list) {
        if (!shares.has(document)) shares.set(document, { gained: 0, held: 0, marks: [] });
        const share = shares.get(document);
        share.gained += value * weight / pb.manifest.scale;
        share.held += value;
        share.marks.push([place, value]);
      }
    }
    return { total, shares };
  };

  // Adds a unit to the scores: for each document the best of its alternatives. Gives its weight in the query.
  const count = (unit, scores) => {
    const known = unit.map((alternative) => ({ alternative, ...sharesOf(alternative) })).filter(({ total }) => total);
    const weight = known[0]?.total ?? 0;
    const best = new Map();
    for (const { alternative, total, shares } of known) {
      const factor = alternative.factor * weight / total;
      for (const [document, share] of shares) {
        const scaled = { gained: share.gained * factor, held: share.held * factor, marks: share.marks.map(([place, value]) => [place, value * factor]) };
        if (!best.has(document) || scaled.gained > best.get(document).gained) best.set(document, scaled);
      }
    }
    for (const [document, { gained, held, marks }] of best) {
      if (!scores.has(document)) scores.set(document, { gained: 0, held: 0, titled: 0, places: new Map() });
      const score = scores.get(document);
      score.gained += gained;
      score.held += held;
      for (const [place, value] of marks) {
        if (place >= TITLED) score.titled += value;
        const at = place % TITLED;
        score.places.set(at, (score.places.get(at) ?? 0) + value);
      }
    }
    return weight;
  };

  const hitOf = (document, { gained, held, titled, places }, whole) => {
    const { partial, title, close, full } = pb.manifest;
    const coverage = held / whole;
    let section = 0;
    let densest = 0;
    for (const [place, value] of [...places].sort(([a], [b]) => a - b)) if (value > densest) [section, densest] = [place, value];
    const score = gained * (partial + (1 - partial) * coverage ** 2) * (1 + title * (titled / whole) ** 2) * (1 + close * densest / whole);
    return { document, score, section, whole: coverage > full };
  };

  pb.rank = ({ units, pairs }) => {
    const scores = new Map();
    let whole = 0;
    for (const unit of units) whole += count(unit, scores);
    for (const pair of pairs) {
      const postings = pb.postings(pair);
      for (const { document, weight } of postings.list) {
        if (scores.has(document)) scores.get(document).gained += pb.manifest.pair * pb.idf(postings.frequency) * weight / pb.manifest.scale;
      }
    }
    const hits = [...scores].map(([document, score]) => hitOf(document, score, whole));
    hits.sort((a, b) => b.score - a.score || a.document - b.document);
    const least = (hits[0]?.score ?? 0) * pb.manifest.noise;
    return hits.filter(({ score, whole: all }) => score >= least || all);
  };
})();
