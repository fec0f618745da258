// What a reader typed → what it asks for, as generator/search/query.py has it.
(() => {
  const pb = (window.pbSearch ??= {});

  const countsOf = (term) => {
    const { weak, grammar, weakness, han } = pb.manifest;
    if (/^[\0-\x7f]*$/.test(term)) return weak.has(term) ? weakness : 1;
    return han[[...term].slice(0, 2).filter((character) => grammar.has(character)).length];
  };
  const alternative = (terms, factor = 1, phrase = false) => ({ terms, factor, phrase });
  const counted = (atoms) => atoms.map(({ term }) => [term, countsOf(term)]);

  const ascii = (text) => /^[\0-\x7f]*$/.test(text);
  const coded = (term) => ascii(term) && (term.length <= 2 || /\d/.test(term));
  const pairs = (terms) => terms.slice(1).flatMap((other, at) => {
    const one = terms[at];
    if (!one || !other || !ascii(one) || !(ascii(other) || coded(one))) return [];
    return [`${one} ${ascii(other) ? other : [...other][0]}`];
  });
  const hanPairs = (run) => { const characters = [...run]; return characters.slice(1).map((other, at) => ({ term: characters[at] + other, latin: false, others: [] })); };

  // Where among terms a concept is named, the longest phrase at a place: from, to, number.
  pb.spans = (terms) => {
    const found = [];
    for (let at = 0; at < terms.length;) {
      const best = phrases().get(terms[at])?.find(({ phrase }) => phrase.every((term, i) => terms[at + i] === term));
      if (best) found.push([at, at + best.phrase.length, best.number]);
      at += best?.phrase.length ?? 1;
    }
    return found;
  };
  // All phrases by their first term, the longest first.
  let known;
  const phrases = () => {
    if (known) return known;
    known = new Map();
    for (const [number, group] of pb.manifest.concepts.entries()) {
      for (const phrase of group) known.set(phrase[0], [...(known.get(phrase[0]) ?? []), { phrase, number }]);
    }
    for (const listed of known.values()) listed.sort((a, b) => b.phrase.length - a.phrase.length);
    return known;
  };
  let synonyms;
  const named = (term) => (synonyms ??= new Set(pb.manifest.concepts.flat(2))).has(term);

  // One slip of the finger behind the first letter: a letter too many, one missing, one wrong, or two swapped.
  const slipped = (typed, word) => {
    const [longer, shorter] = typed.length >= word.length ? [typed, word] : [word, typed];
    if (typed[0] !== word[0] || typed === word || longer.length - shorter.length > 1) return false;
    let at = 0;
    while (at < shorter.length && longer[at] === shorter[at]) at += 1;
    if (longer.length > shorter.length) return longer.slice(at + 1) === shorter.slice(at);
    const swapped = longer[at] === shorter[at + 1] && longer[at + 1] === shorter[at] && longer.slice(at + 2) === shorter.slice(at + 2);
    return swapped || longer.slice(at + 1) === shorter.slice(at + 1);
  };
  const nearest = (typed, words) => {
    let best = null;
    if (typed.length >= 4) for (const word of words) if (slipped(typed, word.text) && word.count > (best?.count ?? 0)) best = word;
    return best?.text ?? "";
  };

  // How many slips lead from one word to the other, where no letter is touched twice.
  const distance = (one, other) => {
    let earlier = [];
    let before = [];
    let row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i += 1) {
      [earlier, before, row] = [before, row, [i]];
      for (let j = 1; j <= other.length; j += 1) {
        const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        const steps = [before[j] + 1, row[j - 1] + 1, before[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)];
        row.push(Math.min(...steps, swapped ? earlier[j - 2] + 1 : Infinity));
      }
    }
    return row.at(-1);
  };
  const suggestion = (typed, words) => {
    let best = { steps: Math.min(2, Math.floor(typed.length / 3)) + 1, count: 0, text: "" };
    for (const { text, count } of words) {
      const steps = text === typed || Math.abs(text.length - typed.length) > best.steps ? Infinity : distance(typed, text);
      const better = steps < best.steps || (steps === best.steps && best.text && (count > best.count || (count === best.count && text < best.text)));
      if (better) best = { steps, count, text };
    }
    return best.text;
  };
  // Whether a term is written anywhere: its letter or its shard tells. Undefined as long as neither is here.
  const written = (word, term) => {
    if (pb.letterOf(word)) return pb.letterOf(word).stems.has(term);
    return pb.loaded(pb.shardOf(term)) ? pb.postings(term).list.length > 0 : undefined;
  };

  // The query in words that are written, where nothing was found; empty if there is nothing to offer.
  pb.suggest = async (text, budget) => {
    const found = pb.words(text);
    const offered = [];
    for (const { text: word, han } of found) {
      const term = pb.stem(word);
      const unknown = !han && !pb.manifest.stops.has(term) && written(word, term) === false;
      offered.push((unknown && suggestion(word, (await pb.letter(word, budget)).words)) || word);
    }
    return offered.some((word, at) => word !== found[at].text) ? offered.join(" ") : "";
  };

  const completions = (typed, words) => {
    const counts = new Map(words.filter(({ text }) => text.startsWith(typed)).map(({ stem, count }) => [stem, count]));
    return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, pb.manifest.completions).map(([stem]) => stem);
  };

  // Chinese by its sound: whole syllables before initials, and then what is said most often.
  const heardIn = ({ syllables, han }, typed) => {
    let rest = typed;
    for (const [at, syllable] of syllables.entries()) {
      if (syllable.startsWith(rest)) return at ? [...han].slice(0, at + 1).join("") : "";
      if (!rest.startsWith(syllable)) return "";
      rest = rest.slice(syllable.length);
    }
    return "";
  };
  const begunIn = ({ syllables, han }, typed) =>
    typed.length > 1 && syllables.map(([initial]) => initial).join("").startsWith(typed) ? [...han].slice(0, typed.length).join("") : "";
  const hearing = (typed, sounds) => {
    for (const understood of [heardIn, begunIn]) {
      const counts = new Map();
      const said = new Set();
      for (const sound of sounds) {
        const han = understood(sound, typed);
        const name = `${han} ${sound.han}`; // once, however it is read
        if (han && !said.has(name)) counts.set(han, (counts.get(han) ?? 0) + 1);
        said.add(name);
      }
      if (counts.size) return [...counts].sort(([, a], [, b]) => b - a).slice(0, pb.manifest.heard).map(([han]) => han);
    }
    return [];
  };

  // Whether a word reads like pinyin, whole or its initials alone; many other words do too. The last syllable may be
  // unfinished.
  const SYLLABLE = "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:i?a(?:ng?|[io])?|u(?:ang?|ai?|[eino])?|i(?:ong|ng?|[eu])?|e(?:ng?|[ir])?|o(?:ng|u)?|ve?)";
  const PINYIN = new RegExp(`^(?:(?:${SYLLABLE}){2,}[bpmfdtnlgkhjqxrzcsyw]?h?|[bpmfdtnlgkhjqxrzcsyw]{2,6})$`);
  const spoken = (text) => text.length < 30 && PINYIN.test(text);

  // A word that nobody writes may be unfinished, or Chinese by its sound, or mistyped.
  const latin = async (word, unfinished, into, budget) => {
    const term = pb.stem(word);
    const atom = { term, latin: true, others: [] };
    into.atoms.push(atom);
    if (named(term) || written(word, term) !== false) return;
    const { words, sounds } = await pb.letter(word, budget);
    const whole = unfinished ? completions(word, words) : [];
    const heard = whole.length ? [] : hearing(word, sounds);
    if (whole.length) atom.others = whole.map((each) => alternative([[each, 1]], pb.manifest.completed));
    else if (heard.length) {
      into.heard ||= heard[0];
      Object.assign(atom, { term: "", latin: false, others: heard.map((run) => alternative(counted(hanPairs(run)))) });
    } else {
      const meant = nearest(word, words);
      into.spelled ||= meant;
      if (meant) atom.term = pb.stem(meant);
    }
  };

  const plainUnits = (atoms) => {
    const units = [];
    let run = [];
    const end = () => { if (run.length) units.push([alternative(counted(run))]); run = []; };
    for (const atom of atoms) {
      if (!atom.latin && !atom.others.length) { run.push(atom); continue; }
      end();
      units.push([...(atom.term ? [alternative(counted([atom]))] : []), ...atom.others]);
    }
    end();
    return units;
  };
  const unitsOf = (atoms) => {
    const units = [];
    let at = 0;
    for (const [start, end, number] of pb.spans(atoms.map(({ term }) => term))) {
      units.push(...plainUnits(atoms.slice(at, start)));
      units.push([alternative(counted(atoms.slice(start, end)), 1, true), alternative([[`§${number}`, 1]], pb.manifest.concept)]);
      at = end;
    }
    return [...units, ...plainUnits(atoms.slice(at))];
  };

  // How many of the titles and beginnings of summaries that came with the manifest hold a term; 0 for the words of
  // the synonyms. All of these are written somewhere, and are worth a file.
  let told;
  const toldIn = (term) => {
    told ??= pb.told().reduce((counts, text) => {
      for (const each of new Set(pb.terms(text))) counts.set(each, (counts.get(each) ?? 0) + 1);
      return counts;
    }, new Map(pb.manifest.concepts.flat(2).map((each) => [each, 0])));
    return told.get(term);
  };
  // The shards that hold what is typed, those first that say most of it; at most so many that are not here yet. Titles
  // tell how rare a term may be.
  const worthOf = (term, counts) => {
    const known = term[0] === "§" ? 0 : toldIn(term);
    const rare = pb.idf(Math.min(2 * (known || 2.5), pb.manifest.count));
    return counts * rare * (pb.manifest.common.has(term) ? 0.3 : 1) * (known === undefined ? 0.5 : 1);
  };
  const wanted = (terms, limit) => {
    const worth = new Map();
    for (const [term, counts] of terms) {
      const shard = pb.shardOf(term);
      if (counts && shard !== null) worth.set(shard, (worth.get(shard) ?? 0) + worthOf(term, counts));
    }
    const missing = [...worth].filter(([shard]) => !pb.loaded(shard)).sort(([, a], [, b]) => b - a);
    return missing.slice(0, Math.max(0, limit)).map(([shard]) => shard);
  };
  const fetchShards = async (shards, budget) => {
    budget.left -= shards.length;
    await Promise.all(shards.map(pb.loadShard));
  };
  const fetchTerms = (terms, budget) => fetchShards(wanted(terms, budget.left), budget);
  // What begins with a character that stands alone.
  const fetchFrom = (character, budget) =>
    fetchShards(pb.shardsFrom(character).filter((shard) => !pb.loaded(shard)).slice(0, Math.max(0, budget.left)), budget);
  pb.termsIn = (units) => units.flat().flatMap(({ terms }) => terms);

  // What `text` asks for. Its last word may be unfinished, unless a space follows. `budget.left` files may be loaded.
  pb.understand = async (text, budget) => {
    const { stops } = pb.manifest;
    await pb.loadVariants(text, budget);
    const found = pb.words(text);
    const kept = found.filter(({ text: word, han }) => han || !stops.has(pb.stem(word)));
    const begun = kept.flatMap((word) => {
      const terms = pb.termsOf(word);
      return word.han && terms.length > 1 ? terms.slice(0, -1) : terms;
    });
    const concepts = pb.spans(begun).map(([, , number]) => [`§${number}`, pb.manifest.concept]);
    // Latin words that no title holds may be ones that nobody writes. One or two that read like pinyin are looked up by
    // their letters first.
    const latins = kept.filter(({ text: word, han }) => !han && toldIn(pb.stem(word)) === undefined).map(({ text: word }) => word);
    if (pb.manifest.spoken && latins.length < 3 && latins.every(spoken)) {
      const firsts = [...new Map(latins.map((word) => [[...word][0], word])).values()];
      await Promise.all(firsts.map((word) => pb.letter(word, budget)));
    }
    const unwritten = new Set(latins.filter((word) => written(word, pb.stem(word)) === false).map(pb.stem));
    const spare = latins.some((word) => !pb.letterOf(word)) ? 1 : 0; // one of them may turn out to be one that nobody writes
    budget.left -= spare;
    await fetchTerms([...begun.filter((term) => !unwritten.has(term)).map((term) => [term, countsOf(term)]), ...concepts], budget);
    budget.left += spare;
    const into = { atoms: [], spelled: "", heard: "" };
    for (const word of kept) {
      const unfinished = word === found.at(-1) && !/\s$/.test(text);
      if (!word.han) await latin(word.text, unfinished, into, budget);
      else if ([...word.text].length > 1) into.atoms.push(...hanPairs(word.text));
      else {
        await fetchFrom(word.text, budget);
        into.atoms.push({ term: word.text, latin: false, others: pb.beginning(word.text).map((term) => alternative([[term, 1]])) });
      }
    }
    const units = unitsOf(into.atoms);
    const phrases = pairs(into.atoms.map(({ term }) => term));
    const terms = pb.termsIn(units);
    await fetchTerms(terms, budget);
    await fetchTerms(phrases.map((pair) => [pair, 1]), budget);
    if (budget.left === Infinity) await pb.loadTails([...terms.map(([term]) => term), ...phrases]);
    return { units, pairs: phrases, spelled: into.spelled, heard: into.heard };
  };
})();
