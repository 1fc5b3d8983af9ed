"""Figures printed in the MC²SleepNet paper, to put beside those measured here.

They are the paper's, measured on its data; none of them was reproduced by this project.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublishedResult:
    """A row of Table 5.

    Attributes
    ----------
    data
        Corpus and masking ratio, with the paper's marks: + pre-trained on SHHS and fine-tuned,
        Γ pre-trained only.
    accuracy, macro_f1
        Per cent.
    kappa
        Cohen's κ.
    f1
        Of W, N1, N2, N3, R in per cent; empty where the text does not give them.
    """

    data: str
    accuracy: float
    macro_f1: float
    kappa: float
    f1: tuple[float, ...] = ()


TABLE_5 = (
    PublishedResult("SHHS-5463, mask 50 %", 88.59, 82.1, 0.841, (93.0, 52.3, 89.3, 85.7, 90.1)),
    PublishedResult("SHHS-5463, mask 15 %", 88.46, 82.3, 0.840, (92.9, 53.5, 89.1, 86.0, 89.8)),
    PublishedResult("SHHS-5791, mask 50 %", 88.5, 81.7, 0.837),
    PublishedResult("SleepEDF-78 (+)", 84.6, 79.1, 0.787, (93.1, 50.6, 86.5, 80.6, 84.5)),
    PublishedResult("SleepEDF-78, mask 50 % Γ", 84.4, 78.5, 0.784),
    PublishedResult("SleepEDF-78, mask 15 % Γ", 84.4, 78.7, 0.784),
)

TABLE_3 = {
    "tf": ("73.8", "78.8"),
    "cnn": ("79.6", "84.5"),
    "tf+cnn": ("83.5", "87.8"),
    "cl+ft": ("83.7", "88.4"),
    "m+ft": ("84.2", "88.4"),
    "pt": ("84.4", "88.3"),
    "pt+ft": ("–", "88.6"),
}
"""Accuracy in per cent on SleepEDF-78 and on SHHS-5463 for each variant."""

TABLE_4 = {
    0.0: ("–", "88.398"),
    0.15: ("88.394", "88.460"),
    0.25: ("88.324", "88.453"),
    0.30: ("88.451", "88.513"),
    0.40: ("88.261", "88.476"),
    0.50: ("88.324", "88.593"),
    0.60: ("88.292", "88.426"),
    0.70: ("88.495", "88.506"),
    0.75: ("88.398", "88.495"),
    0.85: ("88.354", "88.515"),
}
"""Accuracy in per cent on SHHS-5463 for each masking ratio: pre-trained, and fine-tuned."""

TABLE_2 = "5.76e6 parameters; 1.0 s for a step of pre-training at B = 32 on an RTX 3090"


def table_5_text() -> str:
    """Table 5's rows for this network, as text."""
    lines = ["The paper's own figures (Table 5), on its data:"]
    for row in TABLE_5:
        f1 = "   F1 " + " ".join(f"{value:.1f}" for value in row.f1) if row.f1 else ""
        lines.append(
            f"  {row.data:<26} ACC {row.accuracy:.1f} %   macro-F1 {row.macro_f1:.1f}"
            f"   kappa {row.kappa:.3f}{f1}"
        )
    return "\n".join(lines)
