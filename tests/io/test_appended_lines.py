"""Lines on the disk, and the name of their file with the first of them."""

from sleepscorer.io.appended_lines import AppendedLines


def test_that_the_name_of_the_file_is_on_the_disk_with_its_first_line(tmp_path, monkeypatch):
    flushed = []
    monkeypatch.setattr("sleepscorer.io.appended_lines.flush_folder", flushed.append)
    lines = AppendedLines(tmp_path / "lines.jsonl")
    for line in ("1", "2"):
        lines.append(line)
    assert flushed == [tmp_path]
    assert lines.read() == [b"1", b"2"]
