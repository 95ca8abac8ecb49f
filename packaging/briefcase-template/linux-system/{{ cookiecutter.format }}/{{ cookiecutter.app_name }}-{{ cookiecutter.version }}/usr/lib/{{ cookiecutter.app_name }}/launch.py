"""Start the application that lies beside this file."""

import runpy
import site
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE / "app"))
site.addsitedir(str(HERE / "app_packages"))
runpy.run_module("{{ cookiecutter.module_name }}", run_name="__main__", alter_sys=True)
