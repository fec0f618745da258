// What answers are narrowed by. A search that asks for it has all answers, in whatever files they are.
(() => {
  const pb = (window.pbSearch ??= {});

  // What answers are narrowed by: for each document its place in the list of sets, and its standing.
  let facets;
  pb.loadFacets = async () => {
    const { sets, standings, documents, names } = await pb.load(`facets/${pb.edition}`);
    if (facets) return facets;
    Object.assign(pb.manifest.names, names);
    const numbers = pb.reader(documents);
    const known = standings.map((line) => line.split("\t"));
    facets = [];
    while (numbers.more()) {
      const [kind, tier, role, step, stage] = sets[numbers.number()];
      facets.push({ kind: [kind], tier: tier ? [tier] : [], role, step, stage, standing: known[numbers.number()] });
    }
    return facets;
  };

  // Facets. The counts of one leave its own choices aside, so that more of it can be chosen.
  const FACETS = ["kind", "tier", "role", "step", "stage", "state"];
  const fits = (values, chosen) => !chosen?.length || chosen.some((value) => values.includes(value));
  pb.narrowed = (hits, facets, chosen) => {
    const described = hits.map((hit) => {
      const { standing, ...values } = facets[hit.document];
      return { hit, values: { ...values, state: [pb.standing(standing).state] } };
    });
    const counts = Object.fromEntries(FACETS.map((facet) => [facet, {}]));
    for (const { values } of described) {
      const missed = FACETS.filter((facet) => !fits(values[facet], chosen[facet]));
      for (const facet of missed.length > 1 ? [] : missed.length ? missed : FACETS) {
        for (const value of values[facet]) counts[facet][value] = (counts[facet][value] ?? 0) + 1;
      }
    }
    const left = described.filter(({ values }) => FACETS.every((facet) => fits(values[facet], chosen[facet])));
    return { counts, hits: left.map(({ hit }) => hit) };
  };
})();
