"""The lists of the settings page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtQml import QmlElement

from novastream_desktop.models.doctor import Finding
from novastream_desktop.ui.list_model import ItemsModel
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.settings._derive import SettingItem
from novastream_desktop.ui.settings._line import Category

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("The settings page makes it")
class SettingsModel(ItemsModel):
    """The lines of the page, with their section's name."""

    ITEM = SettingItem


@dataclass(frozen=True, slots=True)
class CategoryItem:
    """One entry of the list beside the page."""

    id: str
    icon: str


@QmlElement
@QmlUncreatable("The settings page makes it")
class CategoriesModel(ItemsModel):
    """What settings there are."""

    ITEM = CategoryItem

    def show(self, categories: Sequence[Category]) -> None:
        """Show these."""
        self.set_items([CategoryItem(c.title, c.icon) for c in categories])


@dataclass(frozen=True, slots=True)
class FindingItem:
    """One line of the doctor's report."""

    id: str
    good: bool
    essential: bool
    detail: str
    mend: str
    off: bool


@QmlElement
@QmlUncreatable("The settings page makes it")
class FindingsModel(ItemsModel):
    """The doctor's report, what is wrong first."""

    ITEM = FindingItem

    def show(self, findings: list[Finding]) -> None:
        """Show a report."""
        ranked = sorted(findings, key=lambda f: (f.ok, f.off, not f.essential))
        self.set_items(
            [FindingItem(f.check, f.ok, f.essential, f.detail, f.mend, f.off) for f in ranked]
        )
