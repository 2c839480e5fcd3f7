"""The lab of one student behind JupyterHub: nothing is passed on to it before the hub has said who asks.

``python deploy/student.py OPTIONS -- COMMAND``, with the options of ``jupyter standaloneproxy``. That one asks the hub
about pages only: its websockets are open to whoever knows an address, and opening one makes it start the command.
"""

from jupyter_server_proxy.standalone.app import StandaloneProxyServer
from tornado.web import HTTPError


class StudentLab(StandaloneProxyServer):
    """The standalone proxy, asking about websockets too."""

    def get_proxy_base_class(self):
        proxy, arguments = super().get_proxy_base_class()

        class Asking(proxy):
            def prepare(self):
                # Pages ask by themselves, and send who is not known to log in; a websocket cannot be sent anywhere.
                if "Upgrade" in self.request.headers and not self.current_user:
                    raise HTTPError(403)
                return super().prepare()

        return Asking, arguments


if __name__ == "__main__":
    StudentLab.launch_instance()
