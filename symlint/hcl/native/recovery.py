"""Error recovery: finds the token at which parsing continues after a syntax error."""

from __future__ import annotations

from symlint.hcl.native.tokens import (
    CLOSE_HEREDOC,
    CLOSE_QUOTE,
    DIRECTIVE,
    END_OF_FILE,
    IDENTIFIER,
    INTERPOLATION,
    NEWLINE,
    OPEN_HEREDOC,
    OPEN_QUOTE,
    SEQUENCE_END,
    STRING,
)

_OPENERS = {
    "}": ("{",),
    ")": ("(",),
    "]": ("[",),
    SEQUENCE_END: (INTERPOLATION, DIRECTIVE),
    CLOSE_QUOTE: (OPEN_QUOTE,),
    CLOSE_HEREDOC: (OPEN_HEREDOC,),
}
_AFTER_NAME = frozenset((IDENTIFIER, STRING, OPEN_QUOTE, "=", "{"))
_OPENING = frozenset(opener for openers in _OPENERS.values() for opener in openers)


def matching_closers(kinds: list[str]) -> list[int]:
    """For each token the index of the one that closes it; 0 for those that nothing closes.

    A closing token closes the nearest opening one of its kind; what was opened between the two
    and not closed stays unclosed.
    """
    closers = [0] * len(kinds)
    stack: list[int] = []
    # How many of each kind are on the stack: a stray closer must not search all of it.
    waiting = dict.fromkeys(_OPENING, 0)
    for index, kind in enumerate(kinds):
        if kind in _OPENING:
            stack.append(index)
            waiting[kind] += 1
        elif kind in _OPENERS:
            openers = _OPENERS[kind]
            if not any(waiting[opener] for opener in openers):
                continue
            while True:
                opener = stack.pop()
                waiting[kinds[opener]] -= 1
                if kinds[opener] in openers:
                    closers[opener] = index
                    break
    return closers


def next_item(kinds: list[str], closers: list[int], first: int, error: int, nested: bool) -> int:
    """The token at which to look for the next item after one that begins at ``first``.

    That is behind the end of the line on which the item ends, what is inside closed brackets
    being skipped, or at the "}" that closes the body around the item. Where a bracket that is
    never closed stands before ``error``, the token that could not be read, the item is taken to
    end on the error's line, or before it if that line looks like an item of its own.
    """
    index = first
    while True:
        kind = kinds[index]
        if index > first and kind == NEWLINE:
            following = index + 1
            while kinds[following] == NEWLINE:
                following += 1
            if kinds[following] != "{" or not closers[following]:
                return index
            # No item begins with a brace: it is that of a block, on the wrong line.
            index = following
        elif index > first and kind == "}" and nested:
            return index
        if kind == END_OF_FILE:
            return index
        if kind in _OPENING and not closers[index] and index < error:
            line = error
            while kinds[line - 1] != NEWLINE and line > first:
                line -= 1
            if line > first and kinds[line] == IDENTIFIER and kinds[line + 1] in _AFTER_NAME:
                return line
            index = error
            continue
        index = (closers[index] or index) + 1
