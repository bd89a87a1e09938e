"""What must not be found: records that were withdrawn, and answers that are withheld."""

import re
from collections.abc import Iterator, Sequence, Set
from typing import Any

from register.search import Query, SearchIndex, language
from register.services.accounts import people
from register.services.filings import publishing, withdrawing
from register.services.sample import sampling
from register.standard.lifecycle import Status
from register.storage import disclosures, publications

WITHDRAWN = 3
_REASON = {"en": "It is withdrawn to see that it is found no more."}
_WORD = re.compile(r"\w{4,}")


def withdraw_some(references: Sequence[str]) -> list[str]:
    """Withdraw a few records of the sample by the hands of its officers and deciders."""
    done: list[str] = []
    for reference in references:
        body = disclosures.get_disclosure(reference).agency
        if len(done) < WITHDRAWN and body.approval == "agency":
            officer = people.get_actor(sampling.officer_of(body.slug))
            approver = people.get_actor(sampling.approver_of(body.slug))
            waiting = withdrawing.propose(officer, reference, reason=_REASON)
            publishing.publish(approver, reference, lock_version=waiting.lock_version)
            done.append(reference)
    return done


def look(index: SearchIndex, references: Sequence[str], public: Set[str]) -> tuple[int, list[str]]:
    """Search for every word that a record has and must not be found by; ``public`` are stems.

    Give the number of words, and what was found all the same. A withdrawn record must be found by
    no word at all, any other not by a word that only its withheld answers have.
    """
    leaks, count = [], 0
    for reference in references:
        for word in hidden_words(reference, public):
            count += 1
            if reference in index.list_references(Query(word)):
                leaks.append(f"{reference} is found by “{word}”")
    return count, leaks


def hidden_words(reference: str, public: Set[str]) -> list[str]:
    """Give the words of a record by which nobody may find it."""
    current = publications.get_publication(reference)
    answers = current.content.answers
    is_withdrawn = current.status is Status.WITHDRAWN
    names = set(answers) if is_withdrawn else current.content.withheld_fields
    texts = (text for name in names for text in texts_of(answers.get(name)))
    words = sorted({word for text in texts for word in _WORD.findall(text)})
    # Without a stem there is nothing to look for: the page then shows everything.
    stems = {word: set(language.stems(word)) for word in words}
    return [word for word in words if stems[word] and (is_withdrawn or not stems[word] & public)]


def texts_of(answer: Any) -> Iterator[str]:
    """Give every text within an answer."""
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, dict | list):
        for part in answer.values() if isinstance(answer, dict) else answer:
            yield from texts_of(part)
