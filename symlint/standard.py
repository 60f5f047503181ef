"""What a clean run takes from the standard library, made without its dear modules.

Importing ``functools``, ``collections``, ``importlib``, ``operator`` and ``types`` takes 5 % of a clean run, for
a few functions that are some lines each, or written in C and only named there. They do here what they do there,
as far as symlint asks for it; a type checker takes them from there.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import defaultdict as defaultdict
    from collections import deque as deque
    from functools import cache as cache
    from functools import cached_property as cached_property
    from functools import lru_cache as lru_cache
    from functools import partial as partial
    from importlib import import_module as import_module
    from types import MappingProxyType as MappingProxyType
else:
    import sys
    from _collections import defaultdict as defaultdict
    from _collections import deque as deque
    from _functools import _lru_cache_wrapper
    from _functools import partial as partial

    MappingProxyType = type(vars(type))

    def lru_cache(maxsize):
        """Remember what a function returned, for as many different calls."""

        def remembering(function):
            remembered = _lru_cache_wrapper(function, maxsize, False, lambda *counts: counts)
            remembered.__dict__.update(
                __module__=function.__module__,
                __name__=function.__name__,
                __qualname__=function.__qualname__,
                __doc__=function.__doc__,
                __wrapped__=function,
            )
            return remembered

        return remembering

    cache = lru_cache(None)
    """Remember all that a function returned."""

    class cached_property:  # noqa: N801 - that of functools
        """An attribute that is found when it is first asked for, and kept."""

        def __init__(self, function):
            self.func = function
            self.__doc__ = function.__doc__

        def __set_name__(self, _, name):
            self.name = name

        def __get__(self, instance, _=None):
            if instance is None:
                return self
            found = instance.__dict__[self.name] = self.func(instance)
            return found

    def import_module(name):
        """The module of a whole name, imported."""
        __import__(name)
        return sys.modules[name]
