"""The lists of a title's page."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from novastream_desktop.ui.list_model import ItemsModel
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.steady_model import SteadyItemsModel
from novastream_desktop.ui.title._derive import EpisodeItem
from novastream_desktop.ui.title._sources import SourceItem

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("The title's page makes it")
class TitleEpisodesModel(ItemsModel):
    """The episodes of the chosen season."""

    ITEM = EpisodeItem


@QmlElement
@QmlUncreatable("The title's page makes it")
class TitleSourcesModel(SteadyItemsModel):
    """The ranked sources, best first."""

    ITEM = SourceItem
    KEY = "url"
