"""Prints the addresses that a served class answers, each with the class of its handler."""

import sys

from neurolab.serving.app import LabServer, lab_config
from neurolab.serving.page.served_notebook import LAB, write_page
from neurolab.serving.web.guard import Guarded
from neurolab.serving.web.server_options import Options

config = lab_config(write_page(sys.argv[1], LAB), sys.argv[1])
config.VoilaConfiguration.preheat_kernel = False
server = LabServer(config=config)
server.options, server.port, server.page_config = Options(in_class=True), 1, {}
server.names = frozenset()


def listen():
    for host in server.app.default_router.rules:
        for rule in getattr(host.target, "rules", []):
            handler = rule.target
            print(rule.matcher.regex.pattern, handler.__name__, issubclass(handler, Guarded))
    default = server.app.settings["default_handler_class"]
    print("else", default.__name__, issubclass(default, Guarded))


server.listen = listen
server.initialize([])
server.start()
