// Text → words and terms, as generator/search/tokens.py has it; both are held equal by a test.
(() => {
  const pb = (window.pbSearch ??= {});
  const HAN = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\u{20000}-\\u{3ffff}";
  const LETTER = "[\\p{L}\\p{N}]";
  const RUN = new RegExp(`[${HAN}]+|\\p{Nd}+(?:[.,]\\p{Nd}+)+(?!${LETTER})|(?:(?![${HAN}])${LETTER})+(?:['’][a-z]+)?`, "gu");
  const IS_HAN = new RegExp(`^[${HAN}]`, "u");
  const stemmer = new EnglishStemmer();
  const stems = new Map();

  // Traditional characters become simplified ones, as far as the index has those. The manifest has few of them; all
  // others come in a file of their own, once somebody writes a character that is not one of GB 2312.
  const NOT_ASCII = /[^\0-\u2fff]/;
  let forms, listed;
  const pairs = (text) => text.match(/../gu)?.map((pair) => [...pair]) ?? [];
  const simplified = (text) => {
    if (!pb.manifest || !NOT_ASCII.test(text)) return text;
    forms ??= new Map(pairs(pb.manifest.variants));
    return Array.from(text, (character) => forms.get(character) ?? character).join("");
  };
  pb.putVariants = (text) => { forms = new Map(pairs(pb.manifest.variants + text)); };
  // Whether a text has Han characters beyond GB 2312, of which browsers know the rows from 16 to 87.
  pb.unlisted = (text) => {
    if (!NOT_ASCII.test(text)) return false;
    listed ??= new Set(new TextDecoder("gbk").decode(Uint8Array.from({ length: 72 * 94 * 2 }, (_, at) => (at % 2 ? 0xa1 + ((at >> 1) % 94) : 0xb0 + Math.floor(at / 188)))));
    return [...text].some((character) => pb.isHan(character) && !listed.has(character));
  };
  const fold = (text) => simplified(text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase());
  const plain = (run) => (/^\p{Nd}/u.test(run) ? run.replace(/,(?=\p{Nd}{3}(?:\P{Nd}|$))/gu, "") : run.replaceAll("’", "'"));
  pb.isHan = (text) => IS_HAN.test(text);
  const wordOf = (run) => ({ text: plain(run), han: pb.isHan(run) });

  pb.stem = (word) => {
    if (!/^[\0-\x2f\x3a-\x7f]*$/.test(word)) return word;
    if (!stems.has(word)) stems.set(word, stemmer.stemWord(word));
    return stems.get(word);
  };
  pb.fold = fold;
  pb.words = (text) => (fold(text).match(RUN) ?? []).map(wordOf);
  pb.termsOf = ({ text, han }) => {
    if (!han) return [pb.stem(text)];
    const characters = [...text];
    return characters.map((character, at) => character + (characters[at + 1] ?? ""));
  };
  pb.terms = (text) => pb.words(text).flatMap(pb.termsOf);

  // The terms of a text with the places where they stand in it, for marks.
  pb.placed = (text) => {
    const starts = [];
    let folded = "";
    let at = 0;
    for (const character of text) {
      const part = fold(character);
      for (let i = 0; i < part.length; i += 1) starts.push(at);
      folded += part;
      at += character.length;
    }
    starts.push(at);
    // A character that is folded to several is marked whole.
    const endOf = (place) => {
      let end = place;
      while (end < folded.length && starts[end] === starts[end - 1]) end += 1;
      return starts[end];
    };
    return [...folded.matchAll(RUN)].flatMap(({ 0: run, index }) => {
      const word = wordOf(run);
      if (!word.han) return [{ term: pb.stem(word.text), text: word.text, start: starts[index], end: endOf(index + run.length) }];
      let from = index;
      const characters = [...run];
      return characters.map((character, number) => {
        const next = characters[number + 1] ?? "";
        const start = starts[from];
        from += character.length;
        return { term: character + next, text: character, start, end: endOf(from + next.length) };
      });
    });
  };
})();
