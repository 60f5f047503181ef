"""Regular expressions with RE2's syntax and meaning, in time linear in the text.

Python's ``re`` backtracks: a pattern from a configuration could keep it busy for ever. This is
Thompson's simulation of a nondeterministic automaton, with captures as Rob Pike added them
(https://swtch.com/~rsc/regexp/regexp2.html): every step over the text costs at most the size of
the program, and of all matches the one that a backtracking search would find first wins. The
work is told to ``spend`` before more is done, a program is small enough that all its threads are.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Any, Final, TypeAlias
from symlint.terraform.functions.re2.characters import UnsupportedPatternError
from symlint.terraform.functions.re2.classes import PatternError
from symlint.terraform.functions.re2.syntax import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from symlint.terraform.functions.re2.syntax import Node

__all__ = ["Match", "PatternError", "Program", "UnsupportedPatternError", "compile_pattern"]

Match: TypeAlias = tuple[int, ...]
"""Offsets: start and end of the whole match, then of each group; -1 for a group without a match."""

_MOST_SLOTS: Final = 1_000_000
"""Instructions times captures: each thread of a search has its own captures."""

_STEPS_PER_VISIT: Final = 3
_STEPS_PER_SEARCH: Final = 20
_SLOTS_PER_STEP: Final = 8
_STEPS_AT_ONCE: Final = 4_096

_WORD: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")

# Instructions are tuples: ("set", CharacterSet, next), ("assert", kind, next),
# ("save", slot, next), ("split", first choice, second choice), ("match",).
_Instruction: TypeAlias = "tuple[Any, ...]"


class Program:
    """A compiled pattern; ``groups`` are the names of its groups ("" for one without a name)."""

    __slots__ = ("_instructions", "_start", "groups")

    def __init__(
        self, instructions: list[_Instruction], start: int, groups: tuple[str, ...]
    ) -> None:
        self._instructions = instructions
        self._start = start
        self.groups = groups

    def find_all(self, text: str, spend: Callable[[int], None]) -> Iterator[Match]:
        """The matches from left to right, none of them overlapping, as Go's FindAll finds them.

        An empty match that abuts the match before it does not count. ``spend`` is called with
        the number of steps taken and ends the search by raising.
        """
        position, previous_end = 0, -1
        while position <= len(text):
            match = self.search(text, position, spend)
            if match is None:
                return
            start, end = match[0], match[1]
            if end > start or start != previous_end:
                yield match
            if end > position:
                position = end
            else:
                position += 1
            previous_end = end

    def search(self, text: str, position: int, spend: Callable[[int], None]) -> Match | None:
        """The leftmost match that begins at or after ``position``; None when there is none."""
        threads: list[tuple[_Instruction, Match]] = []
        found: Match | None = None
        visited: set[int] = set()
        unset = (-1,) * (2 * (len(self.groups) + 1))
        steps_per_visit = _STEPS_PER_VISIT + len(unset) // _SLOTS_PER_STEP
        steps = _STEPS_PER_SEARCH
        while True:
            if found is None:
                self._follow(self._start, text, position, unset, threads, visited)
            steps += (len(visited) + 1) * steps_per_visit
            if steps > _STEPS_AT_ONCE:
                spend(steps)
                steps = 0
            character = text[position] if position < len(text) else ""
            following: list[tuple[_Instruction, Match]] = []
            visited = set()
            for instruction, captures in threads:
                if instruction[0] == "match":
                    found = captures
                    break  # the threads after this one are worse
                if not character:
                    continue
                characters = instruction[1]
                answer = characters.answers.get(character)
                if answer is None:
                    steps += characters.cost
                    answer = characters.matches(character)
                if answer:
                    self._follow(instruction[2], text, position + 1, captures, following, visited)
            if not character or not (following or found is None):
                spend(steps)
                return found
            threads = following
            position += 1

    def _follow(
        self,
        counter: int,
        text: str,
        position: int,
        captures: Match,
        threads: list[tuple[_Instruction, Match]],
        visited: set[int],
    ) -> None:
        """Add the threads that are reached from an instruction without reading a character.

        ``visited`` are the instructions that were: each is worth a visit only once a step.
        """
        instructions = self._instructions
        pending = [(counter, captures)]
        while pending:
            counter, captures = pending.pop()
            if counter in visited:
                continue
            visited.add(counter)
            instruction = instructions[counter]
            operation = instruction[0]
            if operation == "split":
                pending.append((instruction[2], captures))
                pending.append((instruction[1], captures))
            elif operation == "save":
                slot = instruction[1]
                saved = (*captures[:slot], position, *captures[slot + 1 :])
                pending.append((instruction[2], saved))
            elif operation != "assert":
                threads.append((instruction, captures))
            elif _holds(instruction[1], text, position):
                pending.append((instruction[2], captures))


def compile_pattern(pattern: str, spend: Callable[[int], None]) -> Program:
    """The program of a pattern; ``spend`` is told the steps that it takes, and may raise.

    Raises PatternError for what Go refuses, and UnsupportedPatternError for a valid pattern that
    is too large or whose meaning is not known here.
    """
    parsed = parse(pattern, spend)
    if parsed.tree.size * len(parsed.groups) > _MOST_SLOTS:
        raise UnsupportedPatternError("it is too large")
    spend(parsed.tree.size * _STEPS_PER_VISIT)
    compiler = _Compiler()
    try:
        start = compiler.save(
            0, compiler.node(parsed.tree, compiler.save(1, compiler.emit("match")))
        )
    except RecursionError:
        raise UnsupportedPatternError("it nests too deeply") from None
    return Program(compiler.instructions, start, parsed.groups)


class _Compiler:
    """Writes instructions from the end to the start: each knows the one that follows it."""

    def __init__(self) -> None:
        self.instructions: list[_Instruction] = []

    def emit(self, *instruction: object) -> int:
        self.instructions.append(instruction)
        return len(self.instructions) - 1

    def save(self, slot: int, following: int) -> int:
        return self.emit("save", slot, following)

    def split(self, preferred: int, other: int, greedy: bool) -> int:
        return (
            self.emit("split", preferred, other) if greedy else self.emit("split", other, preferred)
        )

    def node(self, node: Node, following: int) -> int:
        """Write a node; the number of its first instruction."""
        kind = node.kind
        if kind in ("set", "assert"):
            return self.emit(kind, node.what, following)
        if kind == "capture":
            end = self.save(2 * node.index + 1, following)
            return self.save(2 * node.index, self.node(node.children[0], end))
        if kind == "concatenate":
            for child in reversed(node.children):
                following = self.node(child, following)
            return following
        if kind == "alternate":
            starts = [self.node(child, following) for child in node.children]
            start = starts.pop()
            while starts:
                start = self.emit("split", starts.pop(), start)
            return start
        return following if kind == "empty" else self._repeat(node, following)

    def _repeat(self, node: Node, following: int) -> int:
        (child,) = node.children
        greedy, minimum = node.greedy, node.minimum
        if node.maximum is None:
            if minimum == 0:
                start = self._star(child, greedy, following)
            else:
                start = self._plus(child, greedy, following)
                minimum -= 1
        else:
            start = following
            for _ in range(node.maximum - minimum):
                start = self.split(self.node(child, start), following, greedy)
        for _ in range(minimum):
            start = self.node(child, start)
        return start

    def _star(self, child: Node, greedy: bool, following: int) -> int:
        if child.nullable:  # x* is written as (x+)? then, or priorities come out wrong
            return self.split(self._plus(child, greedy, following), following, greedy)
        return self._loop(child, greedy, following)[0]

    def _plus(self, child: Node, greedy: bool, following: int) -> int:
        return self._loop(child, greedy, following)[1]

    def _loop(self, child: Node, greedy: bool, following: int) -> tuple[int, int]:
        """Write a node that may be repeated; the numbers of the choice and of the node."""
        loop = self.emit()
        body = self.node(child, loop)
        choices = (body, following) if greedy else (following, body)
        self.instructions[loop] = ("split", *choices)
        return loop, body


def _holds(kind: str, text: str, position: int) -> bool:
    """Whether an assertion about a place in the text holds."""
    if kind == "text start":
        return position == 0
    if kind == "text end":
        return position == len(text)
    if kind == "line start":
        return position == 0 or text[position - 1] == "\n"
    if kind == "line end":
        return position == len(text) or text[position] == "\n"
    before = position > 0 and text[position - 1] in _WORD
    after = position < len(text) and text[position] in _WORD
    return (before != after) == (kind == "boundary")
