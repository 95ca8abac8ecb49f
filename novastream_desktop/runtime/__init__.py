"""The service loop on its thread, observable values, and the clock."""

from novastream_desktop.runtime._clock import Clock, SystemClock
from novastream_desktop.runtime._fonts import offer_fonts
from novastream_desktop.runtime._instance import SingleInstance
from novastream_desktop.runtime._loop import ServiceLoop
from novastream_desktop.runtime._observable import Observable

__all__ = ["Clock", "Observable", "ServiceLoop", "SingleInstance", "SystemClock", "offer_fonts"]
