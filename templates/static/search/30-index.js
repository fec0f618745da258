// The files of the index: each is a script that calls `pbSearch.put`, because a page that was opened from a folder
// may load scripts and nothing else. generator/search/files.py writes them and says what is in them.
(() => {
  const pb = (window.pbSearch ??= {});
  const form = document.querySelector("form[data-script]");
  const base = new URL(".", new URL(form.dataset.manifest, location.href));
  const own = form.dataset.manifest.match(/([^/]+)\.js$/)[1];
  // The page for addresses that lead nowhere speaks all languages: the address says which one its reader reads.
  const lost = document.getElementById("pb-nearest") ? [...document.querySelectorAll("[data-language]")] : [];
  const meant = lost.find((link) => location.pathname.includes(`/${link.dataset.language}/`));
  const edition = meant?.dataset.language ?? own;
  pb.tag = meant?.lang ?? document.documentElement.lang;
  form.action = form.action.replace(`/${own}/find.`, `/${edition}/find.`);
  const waiting = new Map();
  const files = new Map();

  // What only the search page needs, and a page on which words are marked.
  let further;
  pb.further = () => (further ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = form.dataset.more;
    script.onload = resolve;
    script.onerror = () => { further = null; reject(new Error(script.src)); };
    document.head.append(script);
  }));

  pb.put = (name, value) => waiting.get(name)?.(value);

  // A file, once; what failed is asked for again the next time.
  pb.load = (name) => {
    if (!files.has(name)) files.set(name, fetched(name));
    return files.get(name);
  };
  const fetched = (name) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const version = pb.manifest ? `?v=${pb.manifest.version}` : "";
    const failed = () => { files.delete(name); reject(new Error(name)); };
    waiting.set(name, resolve);
    script.src = new URL(`${name}.js${version}`, base);
    script.onload = () => { script.remove(); failed(); };
    script.onerror = failed;
    document.head.append(script);
  });

  // Numbers are written as in source maps: five bits a digit, the least first, the sixth says that more follow.
  const DIGITS = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((d, n) => [d, n]));
  const reader = (text) => {
    let at = 0;
    const digit = () => DIGITS.get(text[at++]);
    const number = () => {
      let value = 0;
      for (let shift = 1; ; shift *= 32) {
        const next = digit();
        value += (next & 31) * shift;
        if (next < 32) return value;
      }
    };
    const signed = () => { const value = number(); return value & 1 ? -(value >> 1) : value >> 1; };
    return { digit, number, signed, more: () => at < text.length, rest: () => text.slice(at) };
  };
  pb.reader = reader;
  pb.edition = edition;

  // Each key without what it shares with the one before, whose length stands in front.
  const unfolded = (text) => {
    let key = "";
    return text ? text.split("\n").map((line) => {
      const [coded, value] = line.split("\t");
      key = key.slice(0, DIGITS.get(coded[0])) + coded.slice(1);
      return [key, value];
    }) : [];
  };

  // The terms of a phrase, in which pairs of Chinese characters that overlap are written as one run.
  const phraseOf = (text) => text.split(" ").flatMap((run) => {
    const han = pb.isHan(run) && [...run].length > 1;
    return han ? pb.termsOf({ text: run, han }).slice(0, -1) : [run];
  });
  const prepared = (manifest) => {
    const steps = reader(manifest.entries);
    const entries = [];
    for (let entry = -1; steps.more(); entries.push(entry)) entry += steps.signed();
    const set = (text) => new Set(text.split(" "));
    return {
      ...manifest, entries, firsts: manifest.shards ? manifest.shards.split("\n") : [],
      places: new Map([...manifest.order].map((character, place) => [character, place + 1])),
      stops: set(manifest.stops), weak: set(manifest.weak), common: set(manifest.common), grammar: new Set(manifest.grammar),
      concepts: manifest.concepts ? manifest.concepts.split("\n").map((group) => group.split("\t").map(phraseOf)) : [],
    };
  };
  let begun;
  pb.ready = () => (begun ??= pb.load(edition).then((manifest) => {
    pb.manifest = prepared(manifest);
    putCards(manifest.cards);
  }).catch((error) => { begun = null; throw error; }));

  // Terms.
  const shards = new Map();
  const postings = new Map();
  const cards = new Map();
  const blocks = new Map();
  // Terms that begin with one of some Chinese characters come last, in the order of those.
  const placeOf = (term) => pb.manifest.places.get(String.fromCodePoint(term.codePointAt(0))) ?? 0;
  const notAfter = (first, term) => (placeOf(first) === placeOf(term) ? first <= term : placeOf(first) < placeOf(term));
  pb.shardOf = (term) => {
    const { firsts } = pb.manifest;
    if (!firsts.length) return null; // nothing is published
    let low = 0;
    let high = firsts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (notAfter(firsts[middle], term)) low = middle;
      else high = middle;
    }
    return low;
  };
  pb.loaded = (shard) => shards.has(shard);
  pb.loadShard = async (shard) => {
    const { terms, cards: heads = "" } = await pb.load(`terms/${shard}`);
    if (shards.has(shard)) return;
    shards.set(shard, new Map(unfolded(terms)));
    putCards(heads);
  };
  // The postings of common terms that did not come with their shard.
  const tails = new Map();
  pb.loadTails = async (terms) => {
    const cut = new Set(terms.filter((term) => pb.postings(term).cut).map(pb.shardOf));
    await Promise.all([...cut].map(async (shard) => {
      if (!tails.has(shard)) tails.set(shard, new Map(unfolded((await pb.load(`tails/${shard}`)).terms)));
    }));
    for (const term of terms) if (cut.has(pb.shardOf(term))) postings.delete(term);
  };
  const listed = (numbers) => {
    const found = [];
    for (let document = -1; numbers.more();) {
      document += numbers.number() + 1;
      found.push({ document, weight: numbers.digit(), place: numbers.digit() });
    }
    return found;
  };
  // The documents that hold a term, and how many they are: more than are listed where the list is cut.
  const decoded = (line, tail) => {
    const cut = line[0] === "~";
    const numbers = reader(cut ? line.slice(1) : line);
    const frequency = cut && numbers.number();
    const list = [...listed(numbers), ...listed(reader(tail))];
    return { list, frequency: frequency || list.length, cut: cut && !tail };
  };
  const NONE = { list: [], frequency: 0, cut: false };
  pb.postings = (term) => {
    if (!postings.has(term)) {
      const number = pb.shardOf(term);
      const line = shards.get(number)?.get(term);
      if (!shards.has(number)) return NONE;
      postings.set(term, line ? decoded(line, tails.get(number)?.get(term) ?? "") : NONE);
    }
    return postings.get(term);
  };
  // The shards of all terms that begin so.
  pb.shardsFrom = (beginning) => {
    const first = pb.shardOf(beginning);
    return first === null ? [] : Array.from({ length: pb.shardOf(`${beginning}\uffff`) - first + 1 }, (_, at) => first + at);
  };
  // The terms that begin so, among those that are loaded.
  pb.beginning = (beginning) => pb.shardsFrom(beginning).flatMap((shard) => [...(shards.get(shard)?.keys() ?? [])])
    .filter((term) => term.startsWith(beginning) && term.length > beginning.length);

  // Documents. Dates are days since 1970-01-01.
  const dayOf = (number) => new Date(number * 864e5).toISOString().slice(0, 10);
  const daysOf = (text) => {
    if (!text) return null;
    const numbers = reader(text);
    let day = numbers.signed();
    const days = [dayOf(day)];
    while (numbers.more()) days.push(dayOf(day += numbers.number()));
    return days;
  };
  pb.standing = ([floor, days]) => {
    const { states } = pb.manifest;
    const least = floor ? states[DIGITS.get(floor)] : "";
    const counted = daysOf(days);
    return { days: counted, floor: least, state: counted ? window.pbStates?.state(counted, least) ?? least : least };
  };
  const putCards = (lines) => {
    let document = -1;
    for (const line of lines ? lines.split("\n") : []) {
      const [step, kind, tier, id, title, floor, days, summary] = line.split("\t");
      document += reader(step).number() + 1;
      if (cards.has(document)) continue;
      const { kinds, tiers } = pb.manifest;
      cards.set(document, { id, title, kind: kinds[DIGITS.get(kind)], tier: tier ? tiers[DIGITS.get(tier)] : "", standing: [floor, days], summary });
    }
  };
  pb.card = (document) => cards.get(document);
  pb.told = () => [...cards.values()].map(({ title, summary = "" }) => `${title}\n${summary}`);
  // Those that the edition does not show, where they are in a file of their own.
  let others;
  pb.others = () => pb.manifest.others && !others;
  pb.loadOthers = async () => {
    putCards((await pb.load(`titles/${edition}`)).cards);
    others = true;
  };
  let variants;
  pb.loadVariants = async (text, budget) => {
    if (variants || budget.left < 1 || !pb.unlisted(text)) return;
    variants = true;
    budget.left -= 1;
    pb.putVariants(await pb.load("variants"));
  };
  pb.blockOf = (document) => Math.floor(document / pb.manifest.block);
  pb.loadBlock = async (block) => {
    const { cards: heads, sections } = await pb.load(`documents/${block}`);
    putCards(heads);
    blocks.set(block, sections);
  };
  pb.sections = (document) => blocks.get(pb.blockOf(document))?.[document % pb.manifest.block];

  // What begins with a letter: words in order, each with its stem and how many documents hold it; sounds.
  const letters = new Map();
  pb.letterOf = (word) => letters.get([...word][0]);
  pb.letter = async (word, budget) => {
    const [letter] = word;
    const known = [...pb.manifest.letters].includes(letter);
    if (!known || (!letters.has(letter) && budget.left < 1)) return { words: [], stems: new Set(), sounds: [] };
    if (!letters.has(letter)) {
      budget.left -= 1;
      const { words, sounds } = await pb.load(`letters/${letter.codePointAt(0).toString(16)}`);
      const listed = unfolded(words).map(([text, value]) => {
        const numbers = reader(value);
        const count = numbers.number();
        const cut = numbers.number();
        return { text, count, stem: text.slice(0, text.length - cut) + numbers.rest() };
      });
      letters.set(letter, {
        words: listed,
        stems: new Set(listed.map(({ stem }) => stem)),
        sounds: (sounds ? sounds.split("\n") : []).map((line) => {
          const [syllables, han] = line.split("\t");
          return { syllables: syllables.split(" "), han };
        }),
      });
    }
    return letters.get(letter);
  };
})();
