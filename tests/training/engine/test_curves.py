import xml.etree.ElementTree as ET

from sleepscorer.jobs.events import Done, StepDone, Validated
from training.engine.curves import curves_svg

SVG = "{http://www.w3.org/2000/svg}"


def test_that_each_stage_has_its_loss_and_its_validation():
    events = [
        StepDone("epoch", 5, 10, loss=2.0),
        StepDone("epoch", 10, 10, loss=1.0),
        StepDone("features", 1, 1),
        StepDone("sequence", 5, 9, loss=1.0),
        Validated("sequence", 5, 0.5, 0.4, 0.4, 1.0),
        Validated("sequence", 9, 0.7, 0.6, 0.6, 0.9),
        Done("weights.safetensors", "ab" * 32),
    ]
    image = ET.fromstring(curves_svg(events))
    titles = [text.text for text in image.iter(f"{SVG}text") if text.get("font-weight")]
    assert titles == ["epoch: loss", "sequence: loss", "sequence: validation"]
    lines = [line.get("points").split() for line in image.iter(f"{SVG}polyline")]
    assert [len(line) for line in lines] == [2, 1, 2, 2, 2]
    first, last = (float(point.split(",")[1]) for point in lines[0])
    assert last > first  # a falling loss falls on the screen


def test_that_a_run_without_events_is_an_empty_image():
    assert list(ET.fromstring(curves_svg([])).iter(f"{SVG}polyline")) == []
