"""Processes that share work: where one is ended from outside, a line says so."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from pathway.model.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def workers(jobs: int, **options: Any) -> Iterator[ProcessPoolExecutor]:
    """A pool of `jobs` processes, spawned because a progress bar is a thread; `options` as of the pool.

    Raises `Unavailable` where a process ended before its work was done.
    """
    try:
        with ProcessPoolExecutor(jobs, get_context("spawn"), **options) as pool:
            yield pool
    except BrokenProcessPool:
        raise Unavailable(
            "a process that shared the work was ended from outside, perhaps for want of memory; try again, or --jobs 1"
        ) from None
