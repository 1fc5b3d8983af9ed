import xml.etree.ElementTree as ET

from training.curves import curves_svg

SVG = "{http://www.w3.org/2000/svg}"


def test_that_each_stage_has_its_loss_and_its_validation():
    events = [
        {"event": "step", "stage": "epoch", "step": 5, "loss": 2.0},
        {"event": "step", "stage": "epoch", "step": 10, "loss": 1.0},
        {"event": "step", "stage": "features", "step": 1},
        {"event": "step", "stage": "sequence", "step": 5, "loss": 1.0},
        {"event": "validation", "stage": "sequence", "step": 5, "accuracy": 0.5, "kappa": 0.4},
        {"event": "validation", "stage": "sequence", "step": 9, "accuracy": 0.7, "kappa": 0.6},
        {"event": "done"},
    ]
    image = ET.fromstring(curves_svg(events))
    titles = [text.text for text in image.iter(f"{SVG}text") if text.get("font-weight")]
    assert titles == ["epoch: loss", "sequence: loss", "sequence: validation"]
    lines = [line.get("points").split() for line in image.iter(f"{SVG}polyline")]
    assert [len(line) for line in lines] == [2, 1, 2, 2]
    first, last = (float(point.split(",")[1]) for point in lines[0])
    assert last > first  # a falling loss falls on the screen


def test_that_a_run_without_events_is_an_empty_image():
    assert list(ET.fromstring(curves_svg([])).iter(f"{SVG}polyline")) == []
