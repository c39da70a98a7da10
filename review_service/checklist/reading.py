"""What a careful reader knows of a draft before judging it: read once, shared by every check.

Each fact is worked out by its own module the first time a check asks for it; nothing here decides anything.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cached_property
from itertools import accumulate
from operator import itemgetter

from review_service.checklist.byline import Byline, bylines
from review_service.checklist.citations import Citation, StatuteMention, citations, offences_in, statute_mentions
from review_service.checklist.duplicates import EarlierDrafts, Signature, signature_of
from review_service.checklist.encodings import Encoding, detect
from review_service.checklist.judge import WORDED_BY, Likelihoods
from review_service.checklist.knowledge import Knowledge
from review_service.checklist.lexicon import Entry, Hit, Hits
from review_service.checklist.persons import Person, persons
from review_service.checklist.proceedings import Proceedings, read_proceedings
from review_service.checklist.quotations import Quotation, quotation_holding, quotations
from review_service.checklist.statutes import Offence
from review_service.checklist.turns import is_an_essay, turns
from review_service.checklist.units import UnitMention, declared, mentions
from review_service.draft import Draft
from review_service.text import Document, Field, Sentence


class Reading:
    """A draft, its document, and the facts that checks share."""

    def __init__(
        self,
        draft: Draft,
        document: Document,
        knowledge: Knowledge,
        today: datetime.date,
        earlier: EarlierDrafts | None = None,
    ) -> None:
        self.earlier = earlier
        self.draft = draft
        self.document = document
        self.knowledge = knowledge
        self.date = draft.date or today
        self._offences: dict[tuple[str, int], list[tuple[Offence, int, int]]] = {}

    @cached_property
    def signature(self) -> Signature | None:
        """The signature of the body's text, by which near-duplicates are found."""
        return signature_of(self.document)

    @cached_property
    def _hits(self) -> Hits:
        return self.knowledge.lexicons.find(self.document)

    def hits(self, lexicon: str) -> list[Hit]:
        """Return the hits of a lexicon, over all fields."""
        assert lexicon in self.knowledge.lexicons.names, lexicon
        return self._hits.of(lexicon)

    def hits_in(self, lexicon: str, sentence: Sentence) -> list[Hit]:
        """Return the hits of a lexicon in `sentence`."""
        assert lexicon in self.knowledge.lexicons.names, lexicon
        return self._hits.within(sentence, lexicon)

    def judged(self, code: str) -> dict[Sentence, Hit]:
        """Return the sentences that the judge takes up under a code, each as a hit of its most telling words; not those that
        have hits of the code's lexicons: the rules have decided on them. A title is no sentence like those that it learnt from."""
        judge = self.knowledge.judge
        return {
            sentence: self._telling(code, sentence)
            for sentence, said in self._likelihoods.items()
            if judge.is_sure(code, said)
            and sentence.field.name != "title"
            and not any(self.hits_in(lexicon, sentence) for lexicon in WORDED_BY[code])
        }

    def is_doubted(self, code: str, sentence: Sentence) -> bool:
        """Whether the judge holds `sentence` for plain, whatever a rule finds in it."""
        return self.knowledge.judge.doubts(code, self._likelihoods.get(sentence, ()))

    @cached_property
    def _likelihoods(self) -> dict[Sentence, Likelihoods]:
        """What the judge says of the sentences of title, summary and body."""
        sentences = [sentence for field in self.document.prose for sentence in field.sentences]
        said = self.knowledge.judge.likelihoods([sentence.folded for sentence in sentences])
        return dict(zip(sentences, said, strict=True))

    def _telling(self, code: str, sentence: Sentence) -> Hit:
        start, end = self.knowledge.judge.telling(code, sentence.folded)
        entry = Entry.model_validate({"phrase": sentence.folded[start:end]})
        return Hit(entry, sentence.field, sentence.start + start, sentence.start + end, sentence)

    @cached_property
    def quotations(self) -> dict[str, list[Quotation]]:
        """The quotations of each field."""
        return {name: list(quotations(field)) for name, field in self.document.fields.items()}

    def quotation_at(self, field: Field, start: int, end: int) -> Quotation | None:
        """Return the quotation that holds [start, end) of `field`."""
        return quotation_holding(start, end, self.quotations[field.name])

    @cached_property
    def _turns(self) -> dict[str, frozenset[int]]:
        """The paragraphs of each prose field that are somebody's words, by a label or a dash."""
        return {field.name: turns(field, self.persons[field.name]) for field in self.document.prose}

    @cached_property
    def is_an_essay(self) -> bool:
        """Whether the writer of the body tells of himself throughout."""
        body = self.document.body
        return is_an_essay(body, self.quotations[body.name], self._turns.get(body.name, frozenset()))

    def in_turn(self, sentence: Sentence) -> bool:
        """Whether the sentence is of a paragraph that is somebody's words ("Phóng viên: …")."""
        return sentence.paragraph in self._turns.get(sentence.field.name, ())

    @cached_property
    def persons(self) -> dict[str, list[Person]]:
        """The people named in each field."""
        addresses: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.hits("addresses"):
            addresses[hit.field.name].append(hit)
        return {
            name: list(persons(field, self.knowledge.family_names, addresses[name]))
            for name, field in self.document.fields.items()
        }

    @cached_property
    def _persons_by_sentence(self) -> dict[tuple[str, int], list[Person]]:
        table: dict[tuple[str, int], list[Person]] = defaultdict(list)
        for name, people in self.persons.items():
            for person in people:
                table[name, person.field.sentence_at(person.start).index].append(person)
        return table

    def persons_in(self, sentence: Sentence) -> list[Person]:
        """Return the people named in `sentence`."""
        return self._persons_by_sentence.get((sentence.field.name, sentence.index), [])

    @cached_property
    def bylines(self) -> list[Byline]:
        """The bylines and source lines of the body (and of the sapo)."""
        return [byline for field in self.document.prose if field.name != "title" for byline in bylines(field)]

    def in_byline(self, field: Field, start: int, end: int) -> bool:
        """Whether [start, end) of `field` lies in a byline."""
        return any(byline.field is field and byline.start <= start and end <= byline.end for byline in self.bylines)

    @cached_property
    def units(self) -> list[UnitMention]:
        """The procuracy units named in the text, in order of field and place."""
        registry, family_names = self.knowledge.registry, self.knowledge.family_names
        named = (mention for field in self.document.fields.values() for mention in mentions(field))
        return [registry.without_officer(mention, family_names) for mention in named]

    @cached_property
    def declared_units(self) -> list[UnitMention]:
        """The units that the fields `unit`, `source` and `author` name."""
        draft = self.draft
        return [mention for value in (draft.unit, draft.source, draft.author) if value for mention in declared(value)]

    def word_at(self, field: Field, position: int) -> tuple[int, int] | None:
        """Return the span of the segmented word at `position` of a prose field."""
        if field.name not in self.document.segmented or not field.sentences:
            return None
        sentence = field.sentence_at(position)
        spans = self.document.segmented[field.name][sentence.index].spans
        index = bisect_right(spans, position - sentence.start, key=itemgetter(0)) - 1
        if index < 0 or position - sentence.start >= spans[index][1]:
            return None
        start, end = spans[index]
        return sentence.start + start, sentence.start + end

    def begins_word(self, field: Field, position: int) -> bool:
        """Whether no segmented word goes on over `position`."""
        word = self.word_at(field, position)
        return word is None or word[0] >= position

    def in_name(self, field: Field, start: int, end: int) -> bool:
        """Whether [start, end) of `field` reaches into a person's name."""
        starts, ends = self._name_places[field.name]
        last = bisect_left(starts, end) - 1
        return last >= 0 and start < ends[last]

    @cached_property
    def _name_places(self) -> dict[str, tuple[list[int], list[int]]]:
        """Where the names of each field begin, in order, and how far the names up to there reach: one may hold another."""
        places = {
            name: sorted((person.start, person.end) for person in people) for name, people in self.persons.items()
        }
        return {
            name: ([start for start, _ in spans], list(accumulate((end for _, end in spans), max)))
            for name, spans in places.items()
        }

    def at_word_edges(self, field: Field, start: int, end: int) -> bool:
        """Whether [start, end) cuts no segmented word in two."""
        last = self.word_at(field, end - 1)
        return self.begins_word(field, start) and (last is None or last[1] <= end)

    def quoted(self, field: Field, start: int, end: int) -> bool:
        """Whether [start, end) of `field` stands in quotation marks."""
        return self.quotation_at(field, start, end) is not None

    @cached_property
    def encoding(self) -> Encoding:
        """The legacy encoding that the draft is in, "" for none."""
        prose = self.document.prose
        sentences = (sentence.text for field in prose for sentence in field.sentences)
        return detect((field.source for field in prose), sentences)

    @cached_property
    def statute_mentions(self) -> dict[str, list[StatuteMention]]:
        """The statutes named in each field."""
        return {field.name: statute_mentions(field, self.knowledge.statutes) for field in self.document.prose}

    @cached_property
    def citations(self) -> list[Citation]:
        """The articles cited in title, summary and body."""
        return [
            citation
            for field in self.document.prose
            for sentence in field.sentences
            if "điều" in sentence.folded or "đ." in sentence.folded
            for citation in citations(sentence, self.statute_mentions[field.name])
        ]

    def citations_in(self, sentence: Sentence, end: int) -> list[Citation]:
        """Return the articles cited in `sentence` before `end`, a place in its field."""
        return [
            citation
            for citation in self.citations
            if citation.field is sentence.field and sentence.start <= citation.start < end
        ]

    def offences_in(self, sentence: Sentence) -> list[tuple[Offence, int, int]]:
        """Return the offences named in `sentence` after the word "tội" or in quotation marks, with their field spans."""
        key = (sentence.field.name, sentence.index)
        if key not in self._offences:
            self._offences[key] = offences_in(sentence, self.knowledge.statutes)
        return self._offences[key]

    @cached_property
    def only_offence(self) -> Offence | None:
        """The one offence that a report names, in whatever words; a lesson in law speaks of others, too."""
        if self.draft.genre == "legal_education":
            return None
        named = [offence for sentence in self.document.sentences() for offence, _, _ in self.offences_in(sentence)]
        alone = len({offence.article for offence in named}) == 1 and not any(offence.doubtful for offence in named)
        return named[0] if alone else None

    @cached_property
    def proceedings(self) -> Proceedings:
        """Where the proceedings that the draft describes stand."""
        given = {
            key: frozenset(person.given.lower() for person in people)
            for key, people in self._persons_by_sentence.items()
        }
        return read_proceedings(self.document.sentences(), given)
