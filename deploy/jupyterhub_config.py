"""JupyterHub in front of the lab: each student who logs in gets a `neurolab serve` of their own.

``jupyterhub -f deploy/jupyterhub_config.py``; README.md beside this file tells what the environment variables choose.
"""

import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821 — JupyterHub gives it

SPAWNER = os.environ.get(
    "NEUROLAB_SPAWNER", "systemd"
)  # or docker, swarm; simple, without walls, only to try it
AUTHENTICATOR = os.environ.get("NEUROLAB_AUTHENTICATOR", "shared-password")
PASSWORD = os.environ.get("NEUROLAB_PASSWORD")
ADMINS = set(os.environ.get("NEUROLAB_ADMINS", "").split())
IMAGE = os.environ.get("NEUROLAB_IMAGE", "neurolab")
NETWORK = os.environ.get("NEUROLAB_NETWORK", "neurolab")
MEMORY = os.environ.get("NEUROLAB_MEMORY", "2G")
CPU = float(os.environ.get("NEUROLAB_CPU", "1"))
IDLE = int(os.environ.get("NEUROLAB_IDLE", "30"))  # minutes
IN_CONTAINERS = SPAWNER in ("docker", "swarm")

c.JupyterHub.bind_url = os.environ.get("NEUROLAB_URL", "http://:8000")
# Nobody has to press a button for the lab.
c.JupyterHub.implicit_spawn_seconds = 0.1
# Sixty come at the same moment; a lab starts within seconds, and two cores start a few at once.
c.JupyterHub.concurrent_spawn_limit = 20

# Who may come in: the teacher's choice.
#   shared-password  one password for the class, NEUROLAB_PASSWORD (at least 8 characters); names are free, so that one
#                    who takes another's name could end their server, but not see or drive their lab
#   native           accounts with passwords of their own, which an admin lets in at /hub/authorize
#                    (pip install jupyterhub-nativeauthenticator)
#   ltiauthenticator.LTI13Authenticator   through the course's page in Moodle or Canvas
#                    (pip install jupyterhub-ltiauthenticator; its keys go into a file of your own, see README.md)
#   dummy            any name, no password: for trying it out on one computer
c.JupyterHub.authenticator_class = AUTHENTICATOR
c.Authenticator.allow_all = True
c.Authenticator.admin_users = ADMINS
# The name becomes a part of the lab's address; neurolab serve takes no other characters there.
c.Authenticator.username_pattern = r"[A-Za-z0-9_.~-]{1,64}"
if PASSWORD:
    c.SharedPasswordAuthenticator.user_password = PASSWORD

# What a student gets is not Jupyter's server with parts switched off, but the locked lab alone: in front of it stands
# a proxy that asks the hub whether it is really they who come. So nothing of Jupyter can be reached by accident.
# systemdspawner replaces names in braces itself; doubled ones come through it as they should.
brace = "{{%s}}" if SPAWNER == "systemd" else "{%s}"
here = Path(__file__).resolve().parent
c.Spawner.cmd = [
    *(
        ["python", "/srv/neurolab/student.py"]
        if IN_CONTAINERS
        else [sys.executable, str(here / "student.py")]
    ),
    "--absolute-url",
    "--timeout=60",
    # It would report activity for ever; the hub's proxy sees who really does something.
    "--activity-interval=0",
    "--",
    "python" if IN_CONTAINERS else sys.executable,
    "-m",
    "neurolab",
    "serve",
    "--host=localhost",
    f"--port={brace % 'port'}",
    f"--base-url={brace % 'base_url'}/",
    "--sessions=3",  # tabs of one student
    "--allow-host=*",  # the hub has asked who it is before anything comes here
    f"--idle={IDLE}",
]
c.Spawner.mem_limit = MEMORY
c.Spawner.cpu_limit = CPU
c.Spawner.http_timeout = c.Spawner.start_timeout = 120

if SPAWNER == "systemd":
    c.JupyterHub.spawner_class = "systemd"
    # No accounts are needed: each lab runs as a user that exists as long as it does.
    c.SystemdSpawner.dynamic_users = True
    c.SystemdSpawner.isolate_tmp = c.SystemdSpawner.isolate_devices = (
        c.SystemdSpawner.disable_user_sudo
    ) = True
    c.SystemdSpawner.unit_extra_properties = {
        "ProtectSystem": "strict",
        "ProtectHome": "read-only",
        "ProtectProc": "invisible",
        "ProtectKernelTunables": "yes",
        "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
        "CapabilityBoundingSet": "",
        "TasksMax": "200",
        # The lab asks nothing of other hosts.
        "IPAddressDeny": "any",
        "IPAddressAllow": "localhost",
    }
elif IN_CONTAINERS:
    c.JupyterHub.spawner_class = {"docker": "docker", "swarm": "docker-swarm"}[SPAWNER]
    c.DockerSpawner.image = IMAGE
    c.DockerSpawner.network_name = NETWORK
    c.DockerSpawner.use_internal_ip = True
    c.DockerSpawner.remove = True
    # Containers of the network reach the hub by its name there.
    c.JupyterHub.hub_ip = "0.0.0.0"
    c.JupyterHub.hub_connect_ip = os.environ.get("NEUROLAB_HUB_HOST", "hub")
    if SPAWNER == "docker":
        c.DockerSpawner.extra_host_config = {
            "cap_drop": ["ALL"],
            "security_opt": ["no-new-privileges"],
            "pids_limit": 200,
            "read_only": True,
            "tmpfs": {"/tmp": "size=64m,mode=1777"},
        }
elif SPAWNER == "simple":
    c.JupyterHub.spawner_class = "simple"
else:
    raise ValueError(f"NEUROLAB_SPAWNER is '{SPAWNER}'; it may be systemd, docker, swarm or simple")

# Servers that nobody uses make room. A lab that was idle has been closed by then, and with it its connection.
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    }
]
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={60 * IDLE}"],
    }
]
