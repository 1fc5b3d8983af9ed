import ctypes
import sys

import pytest

from model import allocator


class Libc:
    def __init__(self, answer: int) -> None:
        self.settings: dict[int, int] = {}
        self._answer = answer

    def mallopt(self, option: int, value: int) -> int:
        self.settings[option] = value
        return self._answer


@pytest.mark.parametrize(("answer", "made"), [(1, True), (0, False)])
def test_that_the_three_settings_are_made(monkeypatch, answer, made):
    libc = Libc(answer)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(allocator.platform, "libc_ver", lambda: ("glibc", "2.36"))
    monkeypatch.setattr(ctypes, "CDLL", lambda name: libc)
    assert allocator.keep_freed_memory() is made
    assert libc.settings == {-4: 0, -1: 2**31 - 1, -2: 64 * 2**20}


@pytest.mark.parametrize(("system", "libc"), [("win32", ""), ("darwin", ""), ("linux", "musl")])
def test_that_other_systems_are_left_alone(monkeypatch, system, libc):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(allocator.platform, "libc_ver", lambda: (libc, ""))
    monkeypatch.setattr(ctypes, "CDLL", lambda name: pytest.fail("called libc"))
    assert allocator.keep_freed_memory() is False
