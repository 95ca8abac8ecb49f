"""Providers are called the same everywhere."""

from __future__ import annotations

import pytest

from novastream_desktop.providers.base import ProviderSpec
from novastream_desktop.providers.registry import PROVIDERS
from novastream_desktop.ui.provider_names import provider_title


@pytest.mark.parametrize("spec", PROVIDERS, ids=lambda spec: spec.name)
def test_providers_are_called_as_they_call_themselves(spec: ProviderSpec):
    assert provider_title(spec.name) == spec.title


def test_a_provider_without_a_title_goes_by_its_name():
    assert provider_title("Home mirror") == "Home mirror"
